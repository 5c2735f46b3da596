"""`sort` meant the order of a list elsewhere: the type of an organisation is called that. The column keeps its name."""

import django.db.models.deletion
from django.db import migrations, models

from portal.core.field_renames import DEPENDENCIES, rename_in_stored_content

CHOICES = [('city', 'city or municipality'), ('region', 'region or association of municipalities'), ('service', 'service'), ('police', 'police'), ('network', 'network'), ('university', 'university or research'), ('ngo', 'civil society'), ('ministry', 'ministry or government'), ('company', 'company'), ('european', 'European institution')]


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0003_texts_that_a_machine_translated'),
        *DEPENDENCIES,
    ]

    operations = [
        migrations.AlterField(
            model_name='organisation',
            name='sort',
            field=models.CharField(choices=CHOICES, db_column='sort', default='service', max_length=20, verbose_name='kind'),
        ),
        migrations.RenameField(model_name='organisation', old_name='sort', new_name='type'),
        migrations.AlterField(
            model_name='organisation',
            name='city',
            field=models.ForeignKey(blank=True, limit_choices_to={'type': 'city'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='organisations.organisation', verbose_name='city'),
        ),
        rename_in_stored_content('organisations', 'organisation', {'sort': 'type'}),
    ]

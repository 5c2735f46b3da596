"""`sort` becomes `type`, and what the home city is and gets in a project is named without naming the city.

The columns keep their names.
"""

from django.db import migrations, models

from portal.core.field_renames import DEPENDENCIES, rename_in_stored_content

NAMES = {
    'sort': 'type',
    'mechelen_role': 'home_city_role',
    'mechelen_budget_eur': 'home_city_budget_eur',
    'mechelen_eu_eur': 'home_city_eu_eur',
}


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0004_funds_of_2021_to_2027'),
        *DEPENDENCIES,
    ]

    operations = [
        migrations.AlterField(
            model_name='projectpage',
            name='sort',
            field=models.CharField(choices=[('project', 'project'), ('network', 'network'), ('partnership', 'partnership')], db_column='sort', default='project', max_length=12, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='projectpage',
            name='mechelen_role',
            field=models.CharField(choices=[('lead', 'lead partner'), ('partner', 'project partner'), ('member', 'member'), ('adviser', 'member of an advisory committee'), ('unknown', 'not known')], db_column='mechelen_role', default='unknown', max_length=10, verbose_name='role of Mechelen'),
        ),
        migrations.AlterField(
            model_name='projectpage',
            name='mechelen_budget_eur',
            field=models.DecimalField(blank=True, db_column='mechelen_budget_eur', decimal_places=2, help_text='In euro.', max_digits=14, null=True, verbose_name='budget of Mechelen'),
        ),
        migrations.AlterField(
            model_name='projectpage',
            name='mechelen_eu_eur',
            field=models.DecimalField(blank=True, db_column='mechelen_eu_eur', decimal_places=2, help_text='In euro.', max_digits=14, null=True, verbose_name='EU contribution to Mechelen'),
        ),
        *(migrations.RenameField(model_name='projectpage', old_name=old, new_name=new) for old, new in NAMES.items()),
        rename_in_stored_content('projects', 'projectpage', NAMES, lists_of_names=['unconfirmed']),
    ]

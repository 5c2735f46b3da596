"""What the home city does in a method is named without naming the city. The column keeps its name."""

from django.db import migrations, models

from portal.core.field_renames import DEPENDENCIES, rename_in_stored_content


class Migration(migrations.Migration):

    dependencies = [
        ('methods', '0004_texts_that_a_machine_translated'),
        *DEPENDENCIES,
    ]

    operations = [
        migrations.AlterField(
            model_name='methodpage',
            name='mechelen_role',
            field=models.CharField(blank=True, choices=[('owns', 'owns it'), ('runs', 'runs it'), ('takes_part', 'takes part'), ('refers_to', 'refers to it')], db_column='mechelen_role', max_length=10, verbose_name='role of Mechelen'),
        ),
        migrations.RenameField(model_name='methodpage', old_name='mechelen_role', new_name='home_city_role'),
        rename_in_stored_content('methods', 'methodpage', {'mechelen_role': 'home_city_role'}),
    ]

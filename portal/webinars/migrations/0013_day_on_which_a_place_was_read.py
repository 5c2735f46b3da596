from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('webinars', '0012_days_of_a_session_without_an_hour'),
    ]

    operations = [
        migrations.AddField(
            model_name='recordingsource',
            name='read_on',
            field=models.DateField(blank=True, help_text='The day on which somebody read this page, or a stored copy of it.', null=True, verbose_name='address read on'),
        ),
    ]

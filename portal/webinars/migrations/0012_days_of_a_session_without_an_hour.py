import portal.core.content.partial_dates
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('webinars', '0011_part_of_mechelen_in_a_session'),
    ]

    operations = [
        migrations.AddField(
            model_name='recording',
            name='event_day',
            field=models.CharField(blank=True, help_text='Of a session of which the hour is not known.', max_length=11, validators=[portal.core.content.partial_dates.validate_partial_date], verbose_name='day'),
        ),
        migrations.AddField(
            model_name='recording',
            name='event_last_day',
            field=models.CharField(blank=True, max_length=11, validators=[portal.core.content.partial_dates.validate_partial_date], verbose_name='last day'),
        ),
    ]

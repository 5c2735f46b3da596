from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('webinars', '0010_organiser_of_a_recording'),
    ]

    operations = [
        migrations.AddField(
            model_name='recording',
            name='mechelen_part',
            field=models.CharField(blank=True, choices=[('speaker', 'spoke'), ('host', 'was the host'), ('organiser', 'organised it'), ('featured', 'is shown in it'), ('none', 'took no part')], help_text='Empty: not known. It decides whether a session without a recording is listed.', max_length=10, verbose_name='part of Mechelen'),
        ),
    ]

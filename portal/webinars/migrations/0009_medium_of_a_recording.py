from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('webinars', '0008_texts_that_a_machine_translated'),
    ]

    operations = [
        migrations.AddField(
            model_name='recording',
            name='medium',
            field=models.CharField(blank=True, choices=[('video', 'video'), ('audio', 'audio'), ('film', 'film'), ('slides', 'slides')], help_text='Empty: a video where one plays, else not known.', max_length=8, verbose_name='medium'),
        ),
    ]

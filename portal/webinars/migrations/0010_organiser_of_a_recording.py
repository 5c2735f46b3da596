from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('webinars', '0009_medium_of_a_recording'),
    ]

    operations = [
        migrations.AddField(
            model_name='recording',
            name='organiser',
            field=models.CharField(blank=True, help_text='Who held it: “Efus, with the project IcARUS”.', max_length=200, verbose_name='organiser'),
        ),
        migrations.AddField(
            model_name='recording',
            name='organiser_de',
            field=models.CharField(blank=True, help_text='Who held it: “Efus, with the project IcARUS”.', max_length=200, null=True, verbose_name='organiser'),
        ),
        migrations.AddField(
            model_name='recording',
            name='organiser_el',
            field=models.CharField(blank=True, help_text='Who held it: “Efus, with the project IcARUS”.', max_length=200, null=True, verbose_name='organiser'),
        ),
        migrations.AddField(
            model_name='recording',
            name='organiser_en',
            field=models.CharField(blank=True, help_text='Who held it: “Efus, with the project IcARUS”.', max_length=200, null=True, verbose_name='organiser'),
        ),
        migrations.AddField(
            model_name='recording',
            name='organiser_es',
            field=models.CharField(blank=True, help_text='Who held it: “Efus, with the project IcARUS”.', max_length=200, null=True, verbose_name='organiser'),
        ),
        migrations.AddField(
            model_name='recording',
            name='organiser_fr',
            field=models.CharField(blank=True, help_text='Who held it: “Efus, with the project IcARUS”.', max_length=200, null=True, verbose_name='organiser'),
        ),
        migrations.AddField(
            model_name='recording',
            name='organiser_hu',
            field=models.CharField(blank=True, help_text='Who held it: “Efus, with the project IcARUS”.', max_length=200, null=True, verbose_name='organiser'),
        ),
        migrations.AddField(
            model_name='recording',
            name='organiser_it',
            field=models.CharField(blank=True, help_text='Who held it: “Efus, with the project IcARUS”.', max_length=200, null=True, verbose_name='organiser'),
        ),
        migrations.AddField(
            model_name='recording',
            name='organiser_nl',
            field=models.CharField(blank=True, help_text='Who held it: “Efus, with the project IcARUS”.', max_length=200, null=True, verbose_name='organiser'),
        ),
        migrations.AddField(
            model_name='recording',
            name='organiser_pt',
            field=models.CharField(blank=True, help_text='Who held it: “Efus, with the project IcARUS”.', max_length=200, null=True, verbose_name='organiser'),
        ),
        migrations.AddField(
            model_name='recording',
            name='organiser_sk',
            field=models.CharField(blank=True, help_text='Who held it: “Efus, with the project IcARUS”.', max_length=200, null=True, verbose_name='organiser'),
        ),
    ]

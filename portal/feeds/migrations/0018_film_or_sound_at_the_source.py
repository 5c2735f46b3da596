from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feeds", "0017_addresses_that_a_browser_opens"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="file_url",
            field=models.CharField(blank=True, default="", max_length=500, verbose_name="film or sound at the source"),
            preserve_default=False,
        ),
    ]

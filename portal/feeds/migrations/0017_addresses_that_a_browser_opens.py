from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feeds", "0016_pictures_of_items"),
    ]

    operations = [
        migrations.AlterField(
            model_name="item",
            name="url",
            field=models.CharField(blank=True, max_length=500, verbose_name="address"),
        ),
        migrations.AlterField(
            model_name="item",
            name="thumbnail_url",
            field=models.CharField(blank=True, max_length=500, verbose_name="picture at the source"),
        ),
    ]

"""The rows of a page show open questions too, so the index by page is no longer only of published answers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ask", "0002_who_answers_questions")]

    operations = [
        migrations.RemoveIndex(model_name="question", name="question_about"),
        migrations.AddIndex(model_name="question", index=models.Index(fields=["about"], name="question_about_page")),
    ]

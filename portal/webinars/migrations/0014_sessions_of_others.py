import django.db.models.deletion
import modelcluster.fields
import portal.core.content.page_addresses
import portal.core.content.partial_dates
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('methods', '0006_facts_to_decide_by'),
        ('projects', '0007_what_still_runs_funding_note_and_logo'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('webinars', '0013_day_on_which_a_place_was_read'),
    ]

    operations = [
        migrations.CreateModel(
            name='FurtherSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                ('key', models.SlugField(help_text='Chosen once, the same in every language, never changed: other sites may point at it.', max_length=80, unique=True, verbose_name='permanent key')),
                ('machine_texts', models.JSONField(blank=True, default=dict, editable=False)),
                ('title', models.CharField(help_text='As its organiser calls it, in its own language.', max_length=300, verbose_name='title')),
                ('title_language', models.CharField(blank=True, choices=[('nl', 'Nederlands'), ('fr', 'Français'), ('en', 'English'), ('de', 'Deutsch'), ('pt', 'Português'), ('es', 'Español'), ('it', 'Italiano'), ('el', 'Ελληνικά'), ('hu', 'Magyar'), ('sk', 'Slovenčina')], max_length=10, verbose_name='language of the title')),
                ('organiser', models.CharField(max_length=200, verbose_name='organiser')),
                ('event_day', models.CharField(blank=True, max_length=11, validators=[portal.core.content.partial_dates.validate_partial_date], verbose_name='day')),
                ('medium', models.CharField(blank=True, choices=[('video', 'video'), ('audio', 'audio'), ('film', 'film'), ('slides', 'slides')], help_text='What can be watched or heard on its page. Empty: not known, or nothing.', max_length=8, verbose_name='medium')),
                ('spoken_language', models.CharField(blank=True, choices=[('nl', 'Nederlands'), ('fr', 'Français'), ('en', 'English'), ('de', 'Deutsch'), ('pt', 'Português'), ('es', 'Español'), ('it', 'Italiano'), ('el', 'Ελληνικά'), ('hu', 'Magyar'), ('sk', 'Slovenčina'), ('zxx', 'no speech')], help_text='Empty: not known yet.', max_length=10, verbose_name='spoken language')),
                ('url', models.URLField(max_length=500, validators=[portal.core.content.page_addresses.validate_page_address], verbose_name='address of its page')),
                ('read_on', models.DateField(blank=True, help_text='The day on which somebody read this page, or a stored copy of it.', null=True, verbose_name='address read on')),
                ('note', models.CharField(blank=True, help_text='One sentence: what it is about.', max_length=300, verbose_name='note')),
                ('note_nl', models.CharField(blank=True, help_text='One sentence: what it is about.', max_length=300, null=True, verbose_name='note')),
                ('note_fr', models.CharField(blank=True, help_text='One sentence: what it is about.', max_length=300, null=True, verbose_name='note')),
                ('note_en', models.CharField(blank=True, help_text='One sentence: what it is about.', max_length=300, null=True, verbose_name='note')),
                ('note_de', models.CharField(blank=True, help_text='One sentence: what it is about.', max_length=300, null=True, verbose_name='note')),
                ('note_pt', models.CharField(blank=True, help_text='One sentence: what it is about.', max_length=300, null=True, verbose_name='note')),
                ('note_es', models.CharField(blank=True, help_text='One sentence: what it is about.', max_length=300, null=True, verbose_name='note')),
                ('note_it', models.CharField(blank=True, help_text='One sentence: what it is about.', max_length=300, null=True, verbose_name='note')),
                ('note_el', models.CharField(blank=True, help_text='One sentence: what it is about.', max_length=300, null=True, verbose_name='note')),
                ('note_hu', models.CharField(blank=True, help_text='One sentence: what it is about.', max_length=300, null=True, verbose_name='note')),
                ('note_sk', models.CharField(blank=True, help_text='One sentence: what it is about.', max_length=300, null=True, verbose_name='note')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
            ],
            options={
                'verbose_name': 'session of others',
                'verbose_name_plural': 'sessions of others',
                'ordering': ['-event_day', 'title'],
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
        migrations.CreateModel(
            name='FurtherSessionMethod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('method', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='further_session_links', to='methods.methodpage', verbose_name='method')),
                ('session', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='method_links', to='webinars.furthersession')),
            ],
            options={
                'verbose_name': 'method',
                'verbose_name_plural': 'methods',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FurtherSessionProject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='further_session_links', to='projects.projectpage', verbose_name='project')),
                ('session', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='project_links', to='webinars.furthersession')),
            ],
            options={
                'verbose_name': 'project',
                'verbose_name_plural': 'projects',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
    ]

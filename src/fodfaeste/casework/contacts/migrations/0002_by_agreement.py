import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from fodfaeste.casework.access.together import Together


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_citizens_and_partners'),
        ('access', '__first__'),
        ('contacts', '0001_initial'),
        ('courses', '0002_judgement_reason'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [Together([
        pgtrigger.migrations.RemoveTrigger(
            model_name='appointment',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='appointment',
            name='delete_delete',
        ),
        migrations.CreateModel(
            name='Calm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins', models.DateField()),
                ('until', models.DateField()),
                ('reason', models.CharField(max_length=300)),
                ('way_back', models.CharField(max_length=300)),
                ('agreed_at', models.DateTimeField(auto_now_add=True)),
                ('ended', models.DateField(blank=True, null=True)),
                ('agreed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='courses.course')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kommune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.kommune')),
                ('spell', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='calm', to='courses.spell')),
            ],
        ),
        migrations.CreateModel(
            name='CalmEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('begins', models.DateField()),
                ('until', models.DateField()),
                ('reason', models.CharField(max_length=300)),
                ('way_back', models.CharField(max_length=300)),
                ('agreed_at', models.DateTimeField(auto_now_add=True)),
                ('ended', models.DateField(blank=True, null=True)),
                ('agreed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('contact', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('course', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='courses.course')),
                ('ended_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('kommune', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contacts.calm')),
                ('spell', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='courses.spell')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CheckIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('text', models.TextField(blank=True)),
                ('areas', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, size=None)),
                ('wants_contact', models.BooleanField(default=False)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='courses.course')),
                ('kommune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.kommune')),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ContactAgreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weeks', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('form', models.CharField(choices=[('fysisk', 'Fysisk møde'), ('telefon', 'Telefon'), ('video', 'Video')], max_length=10)),
                ('reason', models.CharField(max_length=300)),
                ('begins', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('proposed_by', models.CharField(max_length=10)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='courses.course')),
                ('kommune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.kommune')),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='HelpRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField()),
                ('text', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.TextField(blank=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('checkin', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='help_request', to='contacts.checkin')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='courses.course')),
                ('kommune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.kommune')),
            ],
        ),
        migrations.CreateModel(
            name='HelpRequestEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('asked_at', models.DateTimeField()),
                ('text', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.TextField(blank=True)),
                ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('checkin', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contacts.checkin')),
                ('course', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='courses.course')),
                ('kommune', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contacts.helprequest')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('text', models.CharField(blank=True, max_length=200)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('appointment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='contacts.appointment')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='courses.course')),
                ('kommune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.kommune')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ReminderEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('text', models.CharField(blank=True, max_length=200)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('appointment', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contacts.appointment')),
                ('course', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='courses.course')),
                ('kommune', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contacts.reminder')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Rhythm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weeks', models.PositiveSmallIntegerField()),
                ('begins', models.DateField()),
                ('ended', models.DateField(blank=True, null=True)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='courses.course')),
                ('kommune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.kommune')),
            ],
        ),
        migrations.CreateModel(
            name='RhythmEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('weeks', models.PositiveSmallIntegerField()),
                ('begins', models.DateField()),
                ('ended', models.DateField(blank=True, null=True)),
                ('course', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='courses.course')),
                ('kommune', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contacts.rhythm')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SelfDriven',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins', models.DateField()),
                ('need_asked', models.CharField(max_length=500)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('ended', models.DateField(blank=True, null=True)),
                ('ended_reason', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='courses.course')),
                ('exemption', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='self_driven', to='courses.event')),
                ('kommune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.kommune')),
            ],
        ),
        migrations.CreateModel(
            name='SelfDrivenEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('begins', models.DateField()),
                ('need_asked', models.CharField(max_length=500)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('ended', models.DateField(blank=True, null=True)),
                ('ended_reason', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('course', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='courses.course')),
                ('exemption', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='courses.event')),
                ('kommune', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contacts.selfdriven')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SignalCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('shown_on', models.DateField()),
                ('reached', models.CharField(choices=[('spoke', 'Vi talte sammen'), ('no_answer', 'Fik ikke fat i borgeren')], max_length=10)),
                ('text', models.TextField(blank=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='courses.course')),
                ('kommune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.kommune')),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('forms', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('fysisk', 'Fysisk møde'), ('telefon', 'Telefon'), ('video', 'Video')], max_length=10), size=None)),
                ('place', models.CharField(blank=True, max_length=80)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('caseworker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slots', to=settings.AUTH_USER_MODEL)),
                ('kommune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.kommune')),
            ],
        ),
        migrations.CreateModel(
            name='SlotEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('forms', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('fysisk', 'Fysisk møde'), ('telefon', 'Telefon'), ('video', 'Video')], max_length=10), size=None)),
                ('place', models.CharField(blank=True, max_length=80)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('caseworker', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('kommune', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contacts.slot')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='appointment',
            name='booked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='appointment',
            name='missed',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='appointment',
            name='moved_to',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moved_from', to='contacts.appointment'),
        ),
        migrations.AddField(
            model_name='appointmentevent',
            name='booked_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='appointmentevent',
            name='missed',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='appointmentevent',
            name='moved_to',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contacts.appointment'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contacts_appointmentevent" ("at", "booked_by_id", "cancelled_at", "caseworker_id", "course_id", "form", "held_id", "id", "kommune_id", "missed", "moved_to_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "slot_id") VALUES (OLD."at", OLD."booked_by_id", OLD."cancelled_at", OLD."caseworker_id", OLD."course_id", OLD."form", OLD."held_id", OLD."id", OLD."kommune_id", OLD."missed", OLD."moved_to_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."place", OLD."slot_id"); RETURN NULL;', hash='e42219f6e7bb5c2b9b7a4054dda8a5666e3c4225', operation='UPDATE', pgid='pgtrigger_update_update_5cdcb', table='contacts_appointment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appointment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contacts_appointmentevent" ("at", "booked_by_id", "cancelled_at", "caseworker_id", "course_id", "form", "held_id", "id", "kommune_id", "missed", "moved_to_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "slot_id") VALUES (OLD."at", OLD."booked_by_id", OLD."cancelled_at", OLD."caseworker_id", OLD."course_id", OLD."form", OLD."held_id", OLD."id", OLD."kommune_id", OLD."missed", OLD."moved_to_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."slot_id"); RETURN NULL;', hash='59ace8242c59b22a727acd365d5784ca662e8d56', operation='DELETE', pgid='pgtrigger_delete_delete_7da78', table='contacts_appointment', when='AFTER')),
        ),
        migrations.AddField(
            model_name='appointment',
            name='slot',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appointment', to='contacts.slot'),
        ),
        migrations.AddField(
            model_name='appointmentevent',
            name='slot',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contacts.slot'),
        ),
        migrations.AddConstraint(
            model_name='calm',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('begins'))), name='calm_has_an_end'),
        ),
        migrations.AddConstraint(
            model_name='calm',
            constraint=models.UniqueConstraint(condition=models.Q(('ended', None)), fields=('course',), name='one_calm'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calm',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contacts_calmevent" ("agreed_at", "agreed_by_id", "begins", "contact_id", "course_id", "ended", "ended_by_id", "id", "kommune_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "spell_id", "until", "way_back") VALUES (OLD."agreed_at", OLD."agreed_by_id", OLD."begins", OLD."contact_id", OLD."course_id", OLD."ended", OLD."ended_by_id", OLD."id", OLD."kommune_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."reason", OLD."spell_id", OLD."until", OLD."way_back"); RETURN NULL;', hash='8372261d4082e2cbfa600e59611ed9a530a3d3a9', operation='UPDATE', pgid='pgtrigger_update_update_ac94c', table='contacts_calm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calm',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contacts_calmevent" ("agreed_at", "agreed_by_id", "begins", "contact_id", "course_id", "ended", "ended_by_id", "id", "kommune_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "spell_id", "until", "way_back") VALUES (OLD."agreed_at", OLD."agreed_by_id", OLD."begins", OLD."contact_id", OLD."course_id", OLD."ended", OLD."ended_by_id", OLD."id", OLD."kommune_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."spell_id", OLD."until", OLD."way_back"); RETURN NULL;', hash='7e9e78f54e7b001f1c15cae17d2362529947b7f2', operation='DELETE', pgid='pgtrigger_delete_delete_f7992', table='contacts_calm', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='helprequest',
            constraint=models.CheckConstraint(condition=models.Q(('answered_at', None), ('answered_at__gte', models.F('asked_at')), _connector='OR'), name='answered_after_asked'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='helprequest',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contacts_helprequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "checkin_id", "course_id", "id", "kommune_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."asked_at", OLD."checkin_id", OLD."course_id", OLD."id", OLD."kommune_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."text"); RETURN NULL;', hash='d40c5fa77b40c1f38bc33faec55b0bfadca1989b', operation='UPDATE', pgid='pgtrigger_update_update_ef1bb', table='contacts_helprequest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='helprequest',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contacts_helprequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "checkin_id", "course_id", "id", "kommune_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."asked_at", OLD."checkin_id", OLD."course_id", OLD."id", OLD."kommune_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."text"); RETURN NULL;', hash='3d4d1b27c76846d66fca45c691c06633ea3cd46f', operation='DELETE', pgid='pgtrigger_delete_delete_7fbfe', table='contacts_helprequest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reminder',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contacts_reminderevent" ("appointment_id", "at", "course_id", "id", "kommune_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_at", "text") VALUES (OLD."appointment_id", OLD."at", OLD."course_id", OLD."id", OLD."kommune_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."seen_at", OLD."text"); RETURN NULL;', hash='40dc69cc2258ed446bcde83c3145acdee6ee2d19', operation='UPDATE', pgid='pgtrigger_update_update_69eba', table='contacts_reminder', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reminder',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contacts_reminderevent" ("appointment_id", "at", "course_id", "id", "kommune_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_at", "text") VALUES (OLD."appointment_id", OLD."at", OLD."course_id", OLD."id", OLD."kommune_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."seen_at", OLD."text"); RETURN NULL;', hash='79bf7aff56b01ba9838bf5270dcccc6514b28a85', operation='DELETE', pgid='pgtrigger_delete_delete_d92d5', table='contacts_reminder', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='rhythm',
            constraint=models.UniqueConstraint(condition=models.Q(('ended', None)), fields=('course',), name='one_rhythm'),
        ),
        migrations.AddConstraint(
            model_name='rhythm',
            constraint=models.CheckConstraint(condition=models.Q(('weeks__gte', 1)), name='rhythm_of_weeks'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rhythm',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contacts_rhythmevent" ("begins", "course_id", "ended", "id", "kommune_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "weeks") VALUES (OLD."begins", OLD."course_id", OLD."ended", OLD."id", OLD."kommune_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."weeks"); RETURN NULL;', hash='3ae18dcbc67cd76f9e3bbab8472f9defe6503dad', operation='UPDATE', pgid='pgtrigger_update_update_815cf', table='contacts_rhythm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rhythm',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contacts_rhythmevent" ("begins", "course_id", "ended", "id", "kommune_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "weeks") VALUES (OLD."begins", OLD."course_id", OLD."ended", OLD."id", OLD."kommune_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."weeks"); RETURN NULL;', hash='b22ccd5d72d4747f288b1f2f9e07fba123a9c74c', operation='DELETE', pgid='pgtrigger_delete_delete_b27c9', table='contacts_rhythm', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='selfdriven',
            constraint=models.UniqueConstraint(condition=models.Q(('ended', None)), fields=('course',), name='one_self_driven'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='selfdriven',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contacts_selfdrivenevent" ("at", "begins", "by_id", "course_id", "ended", "ended_reason", "exemption_id", "id", "kommune_id", "need_asked", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."at", OLD."begins", OLD."by_id", OLD."course_id", OLD."ended", OLD."ended_reason", OLD."exemption_id", OLD."id", OLD."kommune_id", OLD."need_asked", _pgh_attach_context(), NOW(), \'update\', OLD."id"); RETURN NULL;', hash='07bebb761230eb25283f3d7927281ece9b17d5e2', operation='UPDATE', pgid='pgtrigger_update_update_35bcd', table='contacts_selfdriven', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='selfdriven',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contacts_selfdrivenevent" ("at", "begins", "by_id", "course_id", "ended", "ended_reason", "exemption_id", "id", "kommune_id", "need_asked", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."at", OLD."begins", OLD."by_id", OLD."course_id", OLD."ended", OLD."ended_reason", OLD."exemption_id", OLD."id", OLD."kommune_id", OLD."need_asked", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='4dc94c56b48545dcca6a3604ca8393afb83e14ed', operation='DELETE', pgid='pgtrigger_delete_delete_c0f35', table='contacts_selfdriven', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('caseworker', 'at'), name='one_slot_at_a_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='slot',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contacts_slotevent" ("at", "caseworker_id", "forms", "id", "kommune_id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "withdrawn_at") VALUES (OLD."at", OLD."caseworker_id", OLD."forms", OLD."id", OLD."kommune_id", OLD."minutes", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."place", OLD."withdrawn_at"); RETURN NULL;', hash='172cf132a4db74a29261238d0b86c6be26031921', operation='UPDATE', pgid='pgtrigger_update_update_fe996', table='contacts_slot', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='slot',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contacts_slotevent" ("at", "caseworker_id", "forms", "id", "kommune_id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "withdrawn_at") VALUES (OLD."at", OLD."caseworker_id", OLD."forms", OLD."id", OLD."kommune_id", OLD."minutes", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."withdrawn_at"); RETURN NULL;', hash='00e0e65e625ca5b2732684a31ba4ec7dfb97b28f', operation='DELETE', pgid='pgtrigger_delete_delete_fee52', table='contacts_slot', when='AFTER')),
        ),
    ])]

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
        ('courses', '0003_objections'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('plans', '0001_initial'),
    ]

    operations = [Together([
        pgtrigger.migrations.RemoveTrigger(
            model_name='step',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='step',
            name='delete_delete',
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='courses.course')),
                ('kommune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.kommune')),
                ('words', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='plans.words')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('a-kasse', 'A-kasse'), ('arbejdsgiver', 'Arbejdsgiver'), ('laege', 'Læge'), ('leverandoer', 'Leverandør'), ('forvaltning', 'Anden forvaltning'), ('uddannelsessted', 'Uddannelsessted'), ('frivillige', 'Frivillige'), ('fuldmagt', 'Har fuldmagt'), ('bisidder', 'Bisidder')], max_length=16)),
                ('purpose', models.CharField(max_length=300)),
                ('basis', models.CharField(max_length=120)),
                ('consent_on', models.DateField(blank=True, null=True)),
                ('begins', models.DateField()),
                ('until', models.DateField()),
                ('may_act', models.BooleanField(default=False)),
                ('sees_goal', models.BooleanField(default=False)),
                ('sees_appointments', models.BooleanField(default=False)),
                ('invited_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='courses.course')),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kommune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.kommune')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='InvitationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('a-kasse', 'A-kasse'), ('arbejdsgiver', 'Arbejdsgiver'), ('laege', 'Læge'), ('leverandoer', 'Leverandør'), ('forvaltning', 'Anden forvaltning'), ('uddannelsessted', 'Uddannelsessted'), ('frivillige', 'Frivillige'), ('fuldmagt', 'Har fuldmagt'), ('bisidder', 'Bisidder')], max_length=16)),
                ('purpose', models.CharField(max_length=300)),
                ('basis', models.CharField(max_length=120)),
                ('consent_on', models.DateField(blank=True, null=True)),
                ('begins', models.DateField()),
                ('until', models.DateField()),
                ('may_act', models.BooleanField(default=False)),
                ('sees_goal', models.BooleanField(default=False)),
                ('sees_appointments', models.BooleanField(default=False)),
                ('invited_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('course', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='courses.course')),
                ('invited_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('kommune', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.invitation')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.CharField(choices=[('job', 'At finde et job'), ('kompetencer', 'Kompetencer og uddannelse'), ('helbred', 'Helbred'), ('sprog', 'Sprog, læsning og tal'), ('digitalt', 'Det digitale'), ('bolig', 'Bolig'), ('oekonomi', 'Økonomi'), ('familie', 'Familie og netværk'), ('andet', 'Andet')], max_length=12)),
                ('text', models.CharField(max_length=500)),
                ('said_by', models.CharField(choices=[('borger', 'Borgeren'), ('kommune', 'Kommunen'), ('partner', 'Samarbejdspartner')], max_length=10)),
                ('said_on', models.DateField()),
                ('closed', models.DateField(blank=True, null=True)),
                ('result', models.CharField(blank=True, max_length=500)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='courses.course')),
                ('kommune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.kommune')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NeedEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('area', models.CharField(choices=[('job', 'At finde et job'), ('kompetencer', 'Kompetencer og uddannelse'), ('helbred', 'Helbred'), ('sprog', 'Sprog, læsning og tal'), ('digitalt', 'Det digitale'), ('bolig', 'Bolig'), ('oekonomi', 'Økonomi'), ('familie', 'Familie og netværk'), ('andet', 'Andet')], max_length=12)),
                ('text', models.CharField(max_length=500)),
                ('said_by', models.CharField(choices=[('borger', 'Borgeren'), ('kommune', 'Kommunen'), ('partner', 'Samarbejdspartner')], max_length=10)),
                ('said_on', models.DateField()),
                ('closed', models.DateField(blank=True, null=True)),
                ('result', models.CharField(blank=True, max_length=500)),
                ('course', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='courses.course')),
                ('kommune', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.need')),
                ('written_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OwnNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='courses.course')),
                ('kommune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.kommune')),
            ],
            options={
                'ordering': ['-written_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('ref', models.CharField(max_length=60)),
                ('basis', models.CharField(max_length=300)),
                ('department', models.CharField(blank=True, max_length=80)),
                ('consent_on', models.DateField(blank=True, null=True)),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='courses.course')),
                ('kommune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.kommune')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PartEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=120)),
                ('ref', models.CharField(max_length=60)),
                ('basis', models.CharField(max_length=300)),
                ('department', models.CharField(blank=True, max_length=80)),
                ('consent_on', models.DateField(blank=True, null=True)),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('course', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='courses.course')),
                ('kommune', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='access.kommune')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.part')),
                ('written_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.CharField(choices=[('borger', 'Borgeren'), ('kommune', 'Kommunen'), ('partner', 'Samarbejdspartner')], max_length=10)),
                ('stance', models.CharField(choices=[('agrees', 'enig'), ('disagrees', 'uenig'), ('alternative', 'vil hellere')], max_length=12)),
                ('text', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='courses.course')),
                ('kommune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.kommune')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='plans.step')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Shared',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='courses.course')),
                ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='plans.invitation')),
                ('kommune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.kommune')),
                ('part', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='plans.part')),
                ('step', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='plans.step')),
            ],
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='courses.course')),
                ('kommune', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.kommune')),
                ('step', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='plans.step')),
                ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='plans.invitation')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.AddField(
            model_name='step',
            name='dropped_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='step',
            name='proposed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='step',
            name='proposed_by',
            field=models.CharField(blank=True, choices=[('borger', 'Borgeren'), ('kommune', 'Kommunen'), ('partner', 'Samarbejdspartner')], db_default='', max_length=10),
        ),
        migrations.AddField(
            model_name='step',
            name='proposer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='stepevent',
            name='dropped_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='stepevent',
            name='proposed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='stepevent',
            name='proposed_by',
            field=models.CharField(blank=True, choices=[('borger', 'Borgeren'), ('kommune', 'Kommunen'), ('partner', 'Samarbejdspartner')], db_default='', max_length=10),
        ),
        migrations.AddField(
            model_name='stepevent',
            name='proposer',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='words',
            name='taken_down_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='step',
            name='owner',
            field=models.CharField(choices=[('borger', 'Borgeren'), ('kommune', 'Kommunen'), ('partner', 'Samarbejdspartner')], max_length=10),
        ),
        migrations.AlterField(
            model_name='stepevent',
            name='owner',
            field=models.CharField(choices=[('borger', 'Borgeren'), ('kommune', 'Kommunen'), ('partner', 'Samarbejdspartner')], max_length=10),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='step',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_stepevent" ("agreed", "course_id", "done", "dropped_at", "id", "kommune_id", "need_id", "on", "owner", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by", "proposer_id", "reason", "text") VALUES (OLD."agreed", OLD."course_id", OLD."done", OLD."dropped_at", OLD."id", OLD."kommune_id", OLD."need_id", OLD."on", OLD."owner", OLD."part_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."proposed_at", OLD."proposed_by", OLD."proposer_id", OLD."reason", OLD."text"); RETURN NULL;', hash='d5c575feb46e3c73a8e2b45dc856a8746eeabcd8', operation='UPDATE', pgid='pgtrigger_update_update_a21c4', table='plans_step', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='step',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_stepevent" ("agreed", "course_id", "done", "dropped_at", "id", "kommune_id", "need_id", "on", "owner", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by", "proposer_id", "reason", "text") VALUES (OLD."agreed", OLD."course_id", OLD."done", OLD."dropped_at", OLD."id", OLD."kommune_id", OLD."need_id", OLD."on", OLD."owner", OLD."part_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposed_at", OLD."proposed_by", OLD."proposer_id", OLD."reason", OLD."text"); RETURN NULL;', hash='6bb850a672c57cbb4a718515eaeb64213fde4a38', operation='DELETE', pgid='pgtrigger_delete_delete_17e32', table='plans_step', when='AFTER')),
        ),
        migrations.AddField(
            model_name='step',
            name='need',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='plans.need'),
        ),
        migrations.AddField(
            model_name='stepevent',
            name='need',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.need'),
        ),
        migrations.AddField(
            model_name='step',
            name='part',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='plans.part'),
        ),
        migrations.AddField(
            model_name='stepevent',
            name='part',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.part'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(('on', None), models.Q(('reason', ''), _negated=True), ('proposed_by', ''), _connector='OR'), name='a_day_carries_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('begins'))), name='invitation_has_an_end'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_invitationevent" ("basis", "begins", "consent_on", "course_id", "id", "invited_at", "invited_by_id", "kind", "kommune_id", "may_act", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "sees_appointments", "sees_goal", "until", "user_id", "withdrawn_at") VALUES (OLD."basis", OLD."begins", OLD."consent_on", OLD."course_id", OLD."id", OLD."invited_at", OLD."invited_by_id", OLD."kind", OLD."kommune_id", OLD."may_act", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."purpose", OLD."sees_appointments", OLD."sees_goal", OLD."until", OLD."user_id", OLD."withdrawn_at"); RETURN NULL;', hash='0035b239588aba6c917f543970156e4b4dd1df87', operation='UPDATE', pgid='pgtrigger_update_update_1ce74', table='plans_invitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_invitationevent" ("basis", "begins", "consent_on", "course_id", "id", "invited_at", "invited_by_id", "kind", "kommune_id", "may_act", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "sees_appointments", "sees_goal", "until", "user_id", "withdrawn_at") VALUES (OLD."basis", OLD."begins", OLD."consent_on", OLD."course_id", OLD."id", OLD."invited_at", OLD."invited_by_id", OLD."kind", OLD."kommune_id", OLD."may_act", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."purpose", OLD."sees_appointments", OLD."sees_goal", OLD."until", OLD."user_id", OLD."withdrawn_at"); RETURN NULL;', hash='bd28afcdd3ad59adc19be881d3c3faaace02288c', operation='DELETE', pgid='pgtrigger_delete_delete_93439', table='plans_invitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='need',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_needevent" ("area", "closed", "course_id", "id", "kommune_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result", "said_by", "said_on", "text", "written_by_id") VALUES (OLD."area", OLD."closed", OLD."course_id", OLD."id", OLD."kommune_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."result", OLD."said_by", OLD."said_on", OLD."text", OLD."written_by_id"); RETURN NULL;', hash='57d4973c3a856a9a9173b0d53e4165bad300860a', operation='UPDATE', pgid='pgtrigger_update_update_7b267', table='plans_need', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='need',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_needevent" ("area", "closed", "course_id", "id", "kommune_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result", "said_by", "said_on", "text", "written_by_id") VALUES (OLD."area", OLD."closed", OLD."course_id", OLD."id", OLD."kommune_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."result", OLD."said_by", OLD."said_on", OLD."text", OLD."written_by_id"); RETURN NULL;', hash='a742ea6adb62709e19abcc256ba95e8bb78c461b', operation='DELETE', pgid='pgtrigger_delete_delete_89379', table='plans_need', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='part',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "plans_partevent" ("basis", "consent_on", "course_id", "department", "id", "kommune_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ref", "title", "written_at", "written_by_id") VALUES (OLD."basis", OLD."consent_on", OLD."course_id", OLD."department", OLD."id", OLD."kommune_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."ref", OLD."title", OLD."written_at", OLD."written_by_id"); RETURN NULL;', hash='838296cdc203c194fee7277169c74af5abf69e35', operation='UPDATE', pgid='pgtrigger_update_update_8e1ba', table='plans_part', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='part',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "plans_partevent" ("basis", "consent_on", "course_id", "department", "id", "kommune_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ref", "title", "written_at", "written_by_id") VALUES (OLD."basis", OLD."consent_on", OLD."course_id", OLD."department", OLD."id", OLD."kommune_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."ref", OLD."title", OLD."written_at", OLD."written_by_id"); RETURN NULL;', hash='75453141087b12fbe71bea114eb34b8021a0969b', operation='DELETE', pgid='pgtrigger_delete_delete_2324f', table='plans_part', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='shared',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('part', None), ('step__isnull', False)), models.Q(('part__isnull', False), ('step', None)), _connector='OR'), name='one_thing_shared'),
        ),
        migrations.AddConstraint(
            model_name='shared',
            constraint=models.UniqueConstraint(fields=('invitation', 'part'), name='part_shared_once'),
        ),
        migrations.AddConstraint(
            model_name='shared',
            constraint=models.UniqueConstraint(fields=('invitation', 'step'), name='step_shared_once'),
        ),
    ])]

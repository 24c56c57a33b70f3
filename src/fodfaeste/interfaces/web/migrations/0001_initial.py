from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [("access", "0002_protection")]

    operations = [
        migrations.CreateModel(
            name="FailedSignIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("username", models.CharField(max_length=150)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "indexes": [models.Index(fields=["username", "at"], name="failed_sign_in")],
            },
        ),
    ]

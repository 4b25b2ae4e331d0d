from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partnerships', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='agency',
            name='electronic_address',
            field=models.CharField(blank=True, help_text='E-invoices are sent from one to another. Leave both empty if there is none.', max_length=30),
        ),
        migrations.AddField(
            model_name='agency',
            name='electronic_scheme',
            field=models.CharField(blank=True, choices=[('0088', 'GLN (Global Location Number)'), ('0060', 'DUNS number'), ('9932', 'VAT registration number')], max_length=4, verbose_name='kind of electronic address'),
        ),
    ]

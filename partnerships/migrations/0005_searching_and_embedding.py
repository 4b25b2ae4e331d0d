import partnerships.models.partnership
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations, models

# IMMUTABLE, so that an index can be built on it; the dictionary is named in full, so that it does not depend on the
# search path. Apostrophes go, so that parents’, parents' and parents are one word.
PLAIN_TEXT = """
CREATE FUNCTION plain_text(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT translate(
        lower(public.unaccent('public.unaccent'::regdictionary, normalize($1, NFKC))), '''’‘ʼ`´', ''
    )
$$;
-- Hyphens and the like part words, as they do in what people type (partnerships/rules/searching.py): NS-102 is NS and 102.
CREATE FUNCTION word_vector(text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('pg_catalog.english', translate(public.plain_text(coalesce($1, '')), '-_/.:@+', '       '))
$$;
CREATE INDEX user_by_plain_name ON partnerships_user USING gin (plain_text(full_name) public.gin_trgm_ops);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('partnerships', '0004_ledger_code'),
    ]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(PLAIN_TEXT, "DROP INDEX user_by_plain_name; DROP FUNCTION word_vector(text); DROP FUNCTION plain_text(text)"),
        migrations.AddField(
            model_name='partnership',
            name='embedding_site',
            field=models.CharField(blank=True, help_text='Your own website, such as https://www.example.org. Only its pages may show the list of coming events in a frame. Leave empty if none may.', max_length=200, validators=[partnerships.models.partnership.validate_site], verbose_name='site that may show our events'),
        ),
    ]

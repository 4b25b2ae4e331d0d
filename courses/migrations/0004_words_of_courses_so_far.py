from django.db import migrations

# The policies show the owner, too, one partnership at a time. Apart from 0003, because a table with rows whose keys are
# still to be checked cannot be altered.
FILL = """
DO $$
DECLARE
    one bigint;
BEGIN
    FOR one IN SELECT id FROM partnerships_partnership LOOP
        PERFORM set_config('app.partnership_id', one::text, true);
        INSERT INTO courses_coursewords (partnership_id, course_id, search)
        SELECT partnership_id, id, words_of_course(id) FROM courses_course
        ON CONFLICT (course_id) DO NOTHING;
    END LOOP;
    PERFORM set_config('app.partnership_id', '', true);
END
$$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0003_course_words'),
    ]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]

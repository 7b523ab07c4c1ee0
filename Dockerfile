# One image for web server, worker and beat: the command says which.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 \
    PORTAL_VAR=/srv/portal/var PORTAL_STATIC=/srv/portal/static

RUN useradd --system --home-dir /srv/portal --create-home portal \
    && install --directory --owner portal --group portal /srv/portal/var /srv/portal/static
WORKDIR /srv/portal/code

COPY requirements/base.txt requirements/base.txt
RUN python -m pip install --require-hashes --requirement requirements/base.txt

COPY manage.py ./
COPY platform_portal platform_portal
COPY secretariat secretariat
COPY taskforces taskforces
COPY members members
COPY templates templates
COPY static static
COPY --chown=portal locale locale

USER portal
# Compiling and collecting need settings, but nothing behind them.
RUN SECRET_KEY=only-for-collecting-static-files-while-building-the-image \
    ALLOWED_HOSTS=localhost BASE_URL=https://localhost SMTP_URL=smtp://localhost PORTAL_SEALING_COMMAND=false \
    DATABASE_URL=postgresql://localhost/none REDIS_URL=redis://localhost/0 \
    sh -c "python manage.py compile_languages && python manage.py collectstatic --no-input --verbosity 0"

EXPOSE 8000
CMD ["python", "-m", "granian", "platform_portal.wsgi:application", "--interface", "wsgi", "--host", "0.0.0.0", \
     "--port", "8000", "--no-ws", "--workers", "2", "--blocking-threads", "4"]

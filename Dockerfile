# The register as one image: the same one serves, migrates and imports.

FROM python:3.11-slim AS packages
WORKDIR /build
COPY requirements.lock ./
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock

# Other people's front-end files, checked against the hashes in app/pages/frontend/package-lock.json.
FROM python:3.11-slim AS frontend
WORKDIR /build
COPY requirements-node.lock ./
RUN python -m venv /node \
    && /node/bin/pip install --no-cache-dir --require-hashes -r requirements-node.lock
COPY app ./app
RUN /node/bin/python -m app.pages.assets

FROM python:3.11-slim
ENV ENVIRONMENT=production \
    DATA_DIR=/data \
    FILES_URL=/data/files \
    HOST=0.0.0.0 \
    PORT=8000 \
    LOG_FORMAT=json \
    PATH=/venv/bin:$PATH \
    PYTHONPATH=/srv/register \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
WORKDIR /srv/register
COPY --from=packages /venv /venv
COPY alembic.ini LICENSE ./
COPY migrations ./migrations
COPY --from=frontend /build/app ./app
# What an installation would write for [project.scripts]; the image needs no build tools for it.
RUN printf '%s\n' '#!/venv/bin/python' 'from app.cli import main' 'main()' \
    > /venv/bin/ap-register \
    && chmod 755 /venv/bin/ap-register
# Where volumes with the keyring and with files go; they take over whose folders these are.
RUN mkdir -m 700 /keyring /data && chown 10001:10001 /keyring /data
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', timeout=4)"]
CMD ["ap-register", "serve"]

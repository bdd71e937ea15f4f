# Keel's image: one for web, worker, beat and migrate; docker-compose.yml says which it is.

FROM node:22-trixie-slim AS node
WORKDIR /keel
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts

FROM python:3.13-slim-trixie AS build
WORKDIR /keel
RUN python -m venv /venv
COPY requirements.txt ./
RUN /venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt
COPY --from=node /keel/node_modules /node_modules
COPY scripts/assets.py scripts/keys.py scripts/
RUN mkdir var && python scripts/assets.py /node_modules var && rm -r var/assets-dev
COPY gunicorn.conf.py manage.py ./
COPY config config
COPY apps apps
COPY static static
COPY templates templates
# The settings ask for keys. These are made for this one command and go with it; no image holds a key.
RUN python scripts/keys.py /tmp/keys \
    && KEEL_MODE=embedded SECRET_KEY_FILE=/tmp/keys/secret KEEL_KEYS_FILE=/tmp/keys/ring \
        /venv/bin/python manage.py collectstatic --noinput \
    && rm -r /tmp/keys scripts \
    && /venv/bin/python -m compileall -q apps config \
    && chmod -R a+rX .

FROM python:3.13-slim-trixie
# Pango and its like come in the version that Debian's security updates bring, so no version is named.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        fontconfig fonts-dejavu-core fonts-droid-fallback fonts-noto-color-emoji fonts-noto-core \
        libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin keel
COPY --from=build /venv /venv
COPY --from=build /keel /keel
WORKDIR /keel
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]

# syntax=docker/dockerfile:1
FROM python:3.13-slim AS build
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /app
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
COPY requirements.txt ./
RUN uv venv /app/.venv && uv pip install --python /app/.venv --require-hashes -r requirements.txt
COPY pyproject.toml README.md ./
COPY clauses ./clauses
COPY matching ./matching
COPY service ./service
COPY fixtures ./fixtures
RUN uv pip install --python /app/.venv --no-deps --editable .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /app passerelle \
    && mkdir -p /data && chown 10001 /data
COPY --from=build --chown=root:root /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PASSERELLE_ENV=production PASSERELLE_DATA=/data PYTHONUNBUFFERED=1
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/statut', timeout=4)"]
CMD ["passerelle", "serve", "--host", "0.0.0.0", "--port", "8000", "--workers", "2"]

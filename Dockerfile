# mockflared as a container. docs/container.md describes its use, scripts/image.sh builds and tests it.

# The build runs on the machine's own platform, also for an image of another one: only SQLite's binary differs.
FROM --platform=$BUILDPLATFORM node:24-bookworm-slim AS build
ARG TARGETARCH
WORKDIR /app
COPY package.json package-lock.json ./

# For your own registry or CA, pass the secrets npmrc and ca. Without them this is plain npm ci.
# No package needs its scripts: the types and the compiler are files, and SQLite is prebuilt.
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc \
    --mount=type=secret,id=ca,target=/run/secrets/ca \
    if [ -s /run/secrets/ca ]; then export NODE_EXTRA_CA_CERTS=/run/secrets/ca; fi; \
    npm ci --ignore-scripts --no-audit --no-fund

COPY . .
RUN npm run build \
 && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

# Nothing uses these at run time: SQLite's sources and its binaries for other platforms, types, tests of packages and their source maps.
# Node's name of the architecture amd64 is x64.
RUN find node_modules/better-sqlite3/prebuilds -type f ! -name "linux-$(echo "$TARGETARCH" | sed s/amd64/x64/).node" -delete \
 && rm -r node_modules/better-sqlite3/deps node_modules/better-sqlite3/src node_modules/node-addon-api \
 && find dist -type f -name '*.d.ts' -delete \
 && find node_modules -type f '(' -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' ')' -delete \
 && find node_modules -type d '(' -name test -o -name tests ')' -prune -exec rm -r '{}' + \
 && find node_modules -type d -empty -delete


FROM node:24-bookworm-slim
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="mockflared" \
      org.opencontainers.image.description="A local emulator of Cloudflare's Tunnel API" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"

WORKDIR /app
RUN ln -s /app/dist/cli.js /usr/local/bin/mockflared \
 && install --directory --owner=1000 --group=1000 /data \
 && install --directory /seeds
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/fixtures fixtures
COPY --from=build /app/pages pages
COPY --from=build /app/package.json /app/LICENSE ./

# Outside a container it listens on this machine only; here the network of the container is the border. SQLite sorts next to
# the data, so that the rest of the file system can be read-only.
ENV NODE_ENV=production \
    MOCKFLARED_HOST=0.0.0.0 \
    MOCKFLARED_SEED=/seeds \
    MOCKFLARED_TLS_PORT=443 \
    MOCKFLARED_TLS_DIR=/data/tls \
    MOCKFLARED_GATEWAY_PORT=8080 \
    MOCKFLARED_EDGE_DIR=/data/tls \
    SQLITE_TMPDIR=/data

# A number, so that an orchestrator can see that it is not root.
USER 1000:1000
VOLUME /data
EXPOSE 8844 443 7844 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s CMD ["mockflared", "health"]
ENTRYPOINT ["mockflared"]
CMD []

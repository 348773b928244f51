# Builds lutine-node and lutine-relayer from the sources, with the dependencies of Cargo.lock, and puts them alone into a
# small image.
#
#   docker build --tag lutine-node --build-arg COMMIT=$(git rev-parse --short=11 HEAD) .
#
# The classic builder does too: there is nothing in here that only BuildKit knows.

FROM debian:bookworm-slim AS build

WORKDIR /lutine
ENV CARGO_TARGET_DIR=/target

# The tools have a layer of their own, so that a change of the sources does not install them again.
COPY rust-toolchain.toml ./
COPY e2e/package.json e2e/package-lock.json e2e/
COPY scripts/setup scripts/lib.sh scripts/
RUN scripts/setup

COPY . .

# `release` is quicker to build and stops at states thought impossible: for development networks, not for production.
ARG PROFILE=production
# Such as lutine-runtime/metadata-hash, with which the runtimes of production chains are released.
ARG FEATURES=
# What the node gives as its version. The repository's history is no part of the build.
ARG COMMIT=00000000000
RUN . "$CARGO_TARGET_DIR/environment.sh" \
	&& SUBSTRATE_CLI_GIT_COMMIT_HASH=$COMMIT \
		cargo build --profile "$PROFILE" --features "$FEATURES" --workspace --exclude lutine-fuzz --exclude lutine-preload \
			--exclude lutine-integration-tests --exclude lutine-simulation --locked \
	&& for binary in lutine-node lutine-relayer; do \
		strip -o "/usr/local/bin/$binary" "$CARGO_TARGET_DIR/$PROFILE/$binary" || exit 1; \
	done \
	&& rm -rf "$CARGO_TARGET_DIR"

FROM debian:bookworm-slim

RUN useradd --uid 10001 --home-dir /data --shell /usr/sbin/nologin lutine \
	&& install --directory --owner lutine --group lutine --mode 700 /data
# A validator does not start without root certificates.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /usr/local/bin/lutine-node /usr/local/bin/lutine-relayer /usr/local/bin/
COPY docker/healthcheck /usr/local/bin/

# By number, so that an orchestrator can see that it is not root.
USER 10001
# Without --base-path too, what the node keeps is in the volume.
ENV XDG_DATA_HOME=/data
VOLUME /data
# Other nodes, JSON-RPC, metrics; and those of the relayer.
EXPOSE 30333 9944 9615 9616

HEALTHCHECK --interval=10s --timeout=5s --start-period=3m --retries=3 CMD ["healthcheck"]

ENTRYPOINT ["lutine-node"]

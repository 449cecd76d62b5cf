# The binary is static and knows its own time zones, so that the last stage holds nothing but it and its data directory.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags=-s -o /postern ./cmd/postern && mkdir /data

FROM scratch
COPY --from=build /postern /postern
COPY --from=build --chown=65532:65532 /data /data
USER 65532:65532
ENV POSTERN_DATA=/data
VOLUME /data
EXPOSE 2222
ENTRYPOINT ["/postern"]
CMD ["serve"]

// An application that speaks HTTP/1.1 or HTTP/2, for clients that compare every byte.
//
//   origin.mjs http1|h2c|h2 PORT [CERTIFICATE KEY]
//
// h2c is HTTP/2 with prior knowledge, h2 is HTTP/2 over TLS. The paths:
//   GET  /bytes/N     N bytes, their SHA-256 in X-SHA256
//   POST /digest      reads all, answers {bytes, sha256, trailers} in JSON
//   POST /echo        sends back what comes while it comes
//   GET  /trailers    a body, then the trailers X-Count and X-State
//   GET  /hints       103 with a Link field, then 200
//   GET  /endless     bytes until somebody stops it
//   GET  /open        how many /endless and /echo are under way, in JSON
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import http2 from 'node:http2'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'

const [mode, port, certificate, key] = process.argv.slice(2)
// Of a prime length, so that a piece which is lost, doubled or out of place changes the digest.
const block = Buffer.from(Uint8Array.from({ length: 65521 }, (_, index) => (index * 31 + (index >> 7)) & 255))
const digests = new Map()
let open = 0

function* pieces(count) {
  for (let rest = count; rest > 0; rest -= block.length) yield rest < block.length ? block.subarray(0, rest) : block
}

function digest(count) {
  if (!digests.has(count)) {
    const hash = createHash('sha256')
    for (const piece of pieces(count)) hash.update(piece)
    digests.set(count, hash.digest('hex'))
  }
  return digests.get(count)
}

// The response as a stream that ends with its connection: HTTP/2's own response object does not.
function body(response) {
  response.flushHeaders()
  return response.stream ?? response
}

async function bytes(request, response, count) {
  const fields = { 'content-length': count, 'x-sha256': digest(count), 'content-type': 'application/octet-stream' }
  response.writeHead(200, fields)
  if (request.method === 'HEAD' || count === 0) return void response.end()
  await pipeline(Readable.from(pieces(count)), body(response))
}

async function readDigest(request, response) {
  const hash = createHash('sha256')
  let count = 0
  for await (const piece of request) {
    hash.update(piece)
    count += piece.length
  }
  json(response, { bytes: count, sha256: hash.digest('hex'), trailers: request.trailers })
}

async function echo(request, response) {
  open += 1
  response.writeHead(200, { 'content-type': 'application/octet-stream' })
  try {
    await pipeline(request, body(response))
  } finally {
    open -= 1
  }
}

async function endless(response) {
  open += 1
  try {
    response.writeHead(200, { 'content-type': 'application/octet-stream' })
    await pipeline(Readable.from(pieces(Number.MAX_SAFE_INTEGER)), body(response))
  } finally {
    open -= 1
  }
}

function trailers(response) {
  response.writeHead(200, { trailer: 'x-count, x-state', 'content-type': 'text/plain' })
  response.write('a body')
  response.addTrailers({ 'x-count': '6', 'x-state': 'whole' })
  response.end()
}

function json(response, value) {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}

async function serve(request, response) {
  const [path, count] = request.url.split('?')[0].split('/').slice(1)
  switch (path) {
    case 'bytes': return bytes(request, response, Number(count))
    case 'digest': return readDigest(request, response)
    case 'echo': return echo(request, response)
    case 'endless': return endless(response)
    case 'open': return json(response, { open })
    case 'trailers': return trailers(response)
    case 'hints':
      response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' })
      return json(response, { hinted: true })
    default:
      response.writeHead(404)
      response.end()
  }
}

// A request that is cut in the middle ends its handler, not the program.
const cut = (response) => response.stream?.close?.() ?? response.destroy()
const handler = (request, response) => serve(request, response).catch(() => cut(response))
const tls = certificate && { cert: readFileSync(certificate), key: readFileSync(key) }
const server = {
  http1: () => http.createServer({ keepAliveTimeout: 60_000 }, handler),
  h2c: () => http2.createServer({}, handler),
  h2: () => http2.createSecureServer(tls, handler),
}[mode]()
server.on('sessionError', () => {})
server.listen({ host: '127.0.0.1', port: Number(port), backlog: 4096 })
process.on('SIGTERM', () => process.exit(0))

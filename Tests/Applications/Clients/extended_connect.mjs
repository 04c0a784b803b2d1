// Puts WebSocket over HTTP/2 (RFC 8441) behind clients that only know HTTP/1.1: each upgrade that arrives becomes an
// extended CONNECT on one HTTP/2 connection, and its bytes go through as they are.
//
//   extended_connect.mjs PORT https://localhost:8443 ca.pem
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import http2 from 'node:http2'

const [port, url, ca] = process.argv.slice(2)
const session = http2.connect(url, ca ? { ca: readFileSync(ca) } : {})
session.on('error', (error) => console.error(error.message))
await once(session, 'remoteSettings')
// Nothing is opened before the server has said that it knows the extension (RFC 8441 section 3).
if (!session.remoteSettings.enableConnectProtocol) throw new Error('the server has not enabled extended CONNECT')

const accept = (key) => createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')

function answer(request, socket, head) {
  const lines = [
    'HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${accept(request.headers['sec-websocket-key'])}`,
  ]
  for (const name of ['sec-websocket-protocol', 'sec-websocket-extensions', 'server']) {
    if (head[name]) lines.push(`${name}: ${head[name]}`)
  }
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
}

const server = http.createServer((_, response) => response.writeHead(426).end())
server.on('upgrade', (request, socket, early) => {
  const fields = {
    ':method': 'CONNECT', ':protocol': 'websocket', ':path': request.url, ':scheme': new URL(url).protocol.slice(0, -1),
    'sec-websocket-version': request.headers['sec-websocket-version'],
  }
  for (const name of ['sec-websocket-protocol', 'sec-websocket-extensions', 'origin', 'user-agent']) {
    if (request.headers[name]) fields[name] = request.headers[name]
  }
  const stream = session.request(fields, { endStream: false })
  stream.on('error', () => socket.destroy())
  socket.on('error', () => stream.close(http2.constants.NGHTTP2_CANCEL))
  stream.once('response', (head) => {
    if (head[':status'] !== 200) {
      socket.end(`HTTP/1.1 ${head[':status']} Refused\r\nContent-Length: 0\r\n\r\n`)
      return stream.close()
    }
    answer(request, socket, head)
    if (early.length) stream.write(early)
    socket.pipe(stream)
    stream.pipe(socket)
  })
})
server.listen(Number(port), '127.0.0.1')
process.on('SIGTERM', () => process.exit(0))

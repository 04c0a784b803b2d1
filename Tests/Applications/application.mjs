// A small application on Node's own HTTP server, as a test puts it behind the gateway.
//
// Usage: node application.mjs PORT JOURNAL KEEP_ALIVE_MS DELAY_MS [BUSY_MS]
//
// Each request names a key in its query (?key=...). Once its body has arrived the key is appended to the journal, one
// line for each execution, so that a request that was executed twice is seen even where the process died in between.
// The answer comes DELAY_MS later, after BUSY_MS in which the process does nothing else: a request that arrives then
// finds its connection's time over, which is how a busy application closes under a request's feet.
// SIGTERM ends it as a careful application does: it stops listening, closes what is idle, and lets open requests finish
// as the last on their connections.

import { appendFileSync } from 'node:fs'
import { createServer } from 'node:http'

const [port, journal, keepAliveMs, delayMs, busyMs = '0'] = process.argv.slice(2)

let isEnding = false

const server = createServer((request, response) => {
  let length = 0
  request.on('data', (piece) => { length += piece.length })
  request.on('end', () => {
    const key = new URL(request.url, 'http://application').searchParams.get('key')
    appendFileSync(journal, `${key}\n`)
    const busyUntil = performance.now() + Number(busyMs)
    while (performance.now() < busyUntil) ;
    setTimeout(() => {
      const body = `${key} ${length}\n`
      if (isEnding) response.setHeader('Connection', 'close')
      response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': Buffer.byteLength(body) })
      response.end(body)
    }, Number(delayMs))
  })
})
server.keepAliveTimeout = Number(keepAliveMs)
// Newer versions keep a connection for so much longer than they say.
if ('keepAliveTimeoutBuffer' in server) server.keepAliveTimeoutBuffer = 0
server.listen({ host: '127.0.0.1', port: Number(port), backlog: 1024 })
process.on('SIGTERM', () => {
  isEnding = true
  server.close(() => process.exit(0))
})

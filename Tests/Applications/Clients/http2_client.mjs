// Node's http2 as a client: every case that HTTP/2 knows, on one connection each.
//
//   http2_client.mjs --url https://localhost:8443 --ca ca.pem [--large]
//
// Prints a line for each case, as verdicts.py does.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import http2 from 'node:http2'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'

const { values: options } = parseArgs({
  options: { url: { type: 'string' }, ca: { type: 'string' }, large: { type: 'boolean' }, version: { type: 'string' } },
})
const MIB = 1 << 20
const CASE_MS = 40_000
const PARALLEL = 200
const block = Buffer.from(Uint8Array.from({ length: 65537 }, (_, index) => (index * 13 + (index >> 5)) & 255))

function* pieces(count) {
  for (let rest = count; rest > 0; rest -= block.length) yield rest < block.length ? block.subarray(0, rest) : block
}

function digestOf(count) {
  const hash = createHash('sha256')
  for (const piece of pieces(count)) hash.update(piece)
  return hash.digest('hex')
}

async function connect() {
  const session = http2.connect(options.url, options.ca ? { ca: readFileSync(options.ca) } : {})
  await once(session, 'connect')
  if (session.encrypted) assert.equal(session.alpnProtocol, 'h2')
  return session
}

// The whole answer: interim heads, head, size and digest of the body, trailers. A cut is an error.
async function exchange(session, fields, body, trailers) {
  const stream = session.request(fields, { endStream: !body, waitForTrailers: Boolean(trailers) })
  if (trailers) stream.on('wantTrailers', () => stream.sendTrailers(trailers))
  const answer = { interim: [], trailers: {}, count: 0 }
  stream.on('headers', (head) => answer.interim.push(head))
  stream.on('trailers', (fields) => Object.assign(answer.trailers, fields))
  const sent = body ? pipeline(body, stream, { end: true }) : undefined
  const headCame = once(stream, 'response')
  const hash = createHash('sha256')
  const texts = []
  const read = async () => {
    for await (const piece of stream) {
      hash.update(piece)
      answer.count += piece.length
      if (answer.count < 4096) texts.push(piece)
    }
  }
  ;[[answer.head]] = await Promise.all([headCame, read(), sent])
  assert.equal(stream.rstCode, 0, `reset with ${stream.rstCode}`)
  answer.digest = hash.digest('hex')
  answer.text = Buffer.concat(texts).toString()
  return answer
}

const get = (session, path, fields = {}) => exchange(session, { ':path': path, ...fields })

async function download(session, size) {
  const answer = await get(session, `/bytes/${size}`)
  assert.equal(answer.head[':status'], 200)
  assert.deepEqual([answer.count, answer.digest], [size, answer.head['x-sha256']])
}

async function upload(session, size, fields = { 'content-length': size }) {
  const head = { ':path': '/digest', ':method': 'POST', ...fields }
  const answer = await exchange(session, head, Readable.from(pieces(size)))
  const { bytes, sha256 } = JSON.parse(answer.text)
  assert.deepEqual([bytes, sha256], [size, digestOf(size)])
}

// Both directions at once, with flow control on each side.
async function echo(session) {
  const size = 8 * MIB
  const answer = await exchange(session, { ':path': '/echo', ':method': 'POST' }, Readable.from(pieces(size)))
  assert.deepEqual([answer.count, answer.digest], [size, digestOf(size)])
}

async function head(session) {
  const answer = await get(session, `/bytes/${MIB}`, { ':method': 'HEAD' })
  assert.deepEqual([answer.head[':status'], answer.head['content-length'], answer.count], [200, String(MIB), 0])
}

async function responseTrailers(session) {
  const answer = await get(session, '/trailers', { te: 'trailers' })
  assert.equal(answer.text, 'a body')
  assert.deepEqual(Object.entries(answer.trailers), [['x-count', '6'], ['x-state', 'whole']])
}

// A gateway may drop them (RFC 9110 section 6.5.1), but not some of them, and not the body before them.
async function requestTrailers(session) {
  const fields = { ':path': '/digest', ':method': 'POST', trailer: 'x-sum' }
  const answer = await exchange(session, fields, Readable.from(pieces(1000)), { 'x-sum': 'seven' })
  const { bytes, trailers } = JSON.parse(answer.text)
  assert.deepEqual([bytes, trailers], [1000, Object.keys(trailers).length ? { 'x-sum': 'seven' } : {}])
}

async function hints(session) {
  const answer = await get(session, '/hints')
  const link = '</style.css>; rel=preload; as=style'
  assert.deepEqual(answer.interim.map((head) => [head[':status'], head.link]), [[103, link]])
  assert.equal(answer.head[':status'], 200)
}

async function parallel(session) {
  await Promise.all(Array.from({ length: PARALLEL }, (_, index) => download(session, 16384 + index)))
}

const openAtOrigin = async (session) => JSON.parse((await get(session, '/open')).text).open

async function untilNothingIsOpen(session) {
  for (let tries = 0; tries < 500 && (await openAtOrigin(session)) > 0; tries += 1) await pause(20)
  assert.equal(await openAtOrigin(session), 0, 'the origin still works for nobody')
}

// The client leaves a response in the middle: the connection and its other streams go on.
async function cancelDownload(session) {
  const stream = session.request({ ':path': '/endless' })
  let count = 0
  for await (const piece of stream) {
    count += piece.length
    if (count > MIB) break
  }
  stream.close(http2.constants.NGHTTP2_CANCEL)
  await untilNothingIsOpen(session)
  await download(session, MIB)
}

// The client leaves its own request in the middle.
async function cancelUpload(session) {
  const stream = session.request({ ':path': '/echo', ':method': 'POST' })
  stream.write(Buffer.alloc(1000))
  await once(stream, 'response')
  stream.close(http2.constants.NGHTTP2_CANCEL)
  await untilNothingIsOpen(session)
  await upload(session, MIB)
}

// A stream that nobody reads holds up itself alone.
async function unreadStream(session) {
  const stream = session.request({ ':path': '/endless' })
  await once(stream, 'response')
  for (let number = 0; number < 20; number += 1) await download(session, MIB)
  stream.close(http2.constants.NGHTTP2_CANCEL)
  await untilNothingIsOpen(session)
}

async function run(name, work) {
  const verdict = { case: name, ok: true, detail: '' }
  let session
  try {
    const attempt = (async () => {
      session = await connect()
      await work(session)
    })()
    const limit = new AbortController()
    const late = pause(CASE_MS, undefined, { signal: limit.signal, ref: false }).then(
      () => assert.fail(`not over after ${CASE_MS} ms`),
      () => {},
    )
    await Promise.race([attempt, late])
    limit.abort()
  } catch (error) {
    Object.assign(verdict, { ok: false, detail: String(error.stack).slice(0, 1000) })
  }
  session?.destroy()
  console.log(JSON.stringify(verdict))
}

for (const size of [0, 1, 16384, MIB, ...(options.large ? [100 * MIB] : [])]) {
  await run(`download ${size}`, (session) => download(session, size))
  await run(`upload ${size}`, (session) => upload(session, size))
}
await run('upload of no known length', (session) => upload(session, MIB, {}))
const cases = {
  echo, head, responseTrailers, requestTrailers, hints, parallel, cancelDownload, cancelUpload, unreadStream,
}
for (const [name, work] of Object.entries(cases)) await run(name, work)
process.exit(0)

// The reference server of tus for Node, keeping uploads as files in a folder.
// node server.mjs FOLDER; prints its port once it listens.

import { createServer } from 'node:http'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'

const WEEK_MS = 7 * 24 * 3600 * 1000
const datastore = new FileStore({
  directory: process.argv[2],
  expirationPeriodInMilliseconds: WEEK_MS,
})
const tus = new Server({ path: '/api/v1/photos/upload', datastore, lockDrainTimeout: 50 })
const server = createServer((request, answer) => tus.handle(request, answer))
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
process.stdin.resume()
process.stdin.on('end', () => process.exit(0)) // whoever started this is gone

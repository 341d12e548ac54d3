// The reference client of tus, doing one thing after the other.
// node client.mjs, with a JSON list of deeds on standard input; prints a JSON list of what came of them.
//
// A deed: { file, options } uploads a file; `abortAt` ends it after so many bytes, and then
// `then` says what follows: "resume", "terminate" or nothing. `together` is a list of deeds at once.

import { readFileSync } from 'node:fs'
import tus from 'tus-js-client'

function upload(deed) {
  const asked = []
  return new Promise((resolve) => {
    let isAborted = false
    const settle = (said) => resolve({ ...said, url: one.url, asked })
    const options = {
      retryDelays: [50, 100, 200, 400],
      ...deed.options,
      onBeforeRequest: (request) => {
        const [name, value] = deed.checksum ?? []
        if (name && request.getMethod() === 'PATCH') request.setHeader('Upload-Checksum', `${name} ${value}`)
        asked.push(request.getMethod())
      },
      onSuccess: () => settle({ outcome: 'done' }),
      onError: (error) => settle({ outcome: 'failed', status: error.originalResponse?.getStatus() ?? 0 }),
      onProgress: async (sent) => {
        if (isAborted || !deed.abortAt || sent < deed.abortAt) return
        isAborted = true
        await one.abort(deed.then === 'terminate')
        if (deed.then === 'resume') one.start()
        else settle({ outcome: 'aborted' })
      },
    }
    const one = new tus.Upload(readFileSync(deed.file), options)
    one.start()
  })
}

const results = []
for (const deed of JSON.parse(readFileSync(0, 'utf8'))) {
  results.push(deed.together ? await Promise.all(deed.together.map(upload)) : await upload(deed))
}
console.log(JSON.stringify(results))
process.exit(0)

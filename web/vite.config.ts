import { defineConfig } from 'vitest/config'

const server = process.env.TRIPARTITE_SERVER ?? 'http://127.0.0.1:8080'

// The built page is embedded in the program: see embed.go.
export default defineConfig({
  build: {
    outDir: 'dist/explorer',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // data: URLs are outside of the page's policy
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es' },
  server: { proxy: { '/graphql': server, '/id': server } },
  test: { include: ['tests/unit/**/*.test.ts'] },
})

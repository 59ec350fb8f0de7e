// The page is served by `npm run demo`; `npx vite build examples/holography` puts it into out/holography, to be served
// from any folder.
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  // Sources are served as they are, and what they re-export must then be ES modules, too.
  resolve: { alias: [{ find: /^fp-ts\/lib\//, replacement: 'fp-ts/es6/' }] },
  // What only the worker imports would be found late, and then the page be loaded anew.
  optimizeDeps: { include: ['uplot', 'io-ts', 'fp-ts/es6/Either.js', 'fp-ts/es6/function.js'] },
  build: { outDir: '../../out/holography', emptyOutDir: true, target: 'es2022' },
  worker: { format: 'es' },
})

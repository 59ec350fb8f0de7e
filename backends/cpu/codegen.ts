// Whether this process may turn text into code. A page whose security policy lacks 'unsafe-eval' may not, nor may Node
// under --disallow-code-generation-from-strings.

/** The part of the host's console that is used; the library is compiled without the types of any host. */
declare const console: { readonly warn: (message: string) => void }

let answer: boolean | null = null

const find = (): boolean => {
  try {
    new Function('')
    return true
  } catch (e) {
    if (!(e instanceof EvalError)) throw e
    console.warn('wirtinger: code generation is forbidden here, so the cpu backend interprets its kernels. '
      + "The results are the same, only slower. To compile them, allow 'unsafe-eval' in the page's "
      + 'Content-Security-Policy, or start node without --disallow-code-generation-from-strings.')
    return false
  }
}

/** Finds out once, and says so once if the answer is no. */
export const mayGenerateCode = (): boolean => answer ??= find()

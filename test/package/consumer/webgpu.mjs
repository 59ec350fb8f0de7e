// A user's plain JavaScript without the package `webgpu`: the backend can be imported, and says what is missing.
import { minimizeAsync, tensor } from 'wirtinger'
import { webgpu, webgpuEither } from 'wirtinger/webgpu'

const error = await webgpu().catch((e) => e)
const either = await webgpuEither()()
const { value } = await minimizeAsync((x) => x.sub(1).square().sum(), tensor([3, 4]))
console.log(JSON.stringify({ name: error.name, tag: error._tag, message: error.message, either: either.left._tag, value }))

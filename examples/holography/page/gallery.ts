// The pictures to pick from, small, as buttons.
import { context2d } from './elements.ts'
import { drawPicture, labels, pictureNames, type PictureName } from './pictures.ts'

const side = 64

export const openGallery = (host: HTMLElement, pick: (name: PictureName) => void): void => {
  for (const name of pictureNames) {
    const small = document.createElement('canvas')
    small.width = side
    small.height = side
    void drawPicture(name, context2d(small))
    const choice = document.createElement('button')
    choice.type = 'button'
    choice.title = labels[name]
    choice.setAttribute('aria-label', labels[name])
    choice.dataset['picture'] = name
    choice.append(small)
    choice.addEventListener('click', () => pick(name))
    host.append(choice)
  }
}

// Starts GOV.UK Frontend. Everything on the pages works without it.
import { initAll } from './govuk-frontend.min.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()

// Fragments that htmx swaps in contain components too.
document.addEventListener('htmx:after:swap', (event) => initAll({ scope: event.target }))

// Says so if a part of a page could not be fetched or sent. The register has its own words for it.
const TROUBLE = {
  401: 'You have been signed out.',
  403: 'You no longer have access to this.',
  404: 'This is no longer available.',
  429: 'You have done this too many times in a short time. Wait a minute and try again.'
}
const tellTrouble = (words, link) => {
  const box = document.querySelector('.app-trouble') ?? document.createElement('div')
  box.className = 'app-trouble'
  box.setAttribute('role', 'alert')
  const text = Object.assign(document.createElement('p'), { className: 'govuk-body', textContent: words })
  if (link) text.append(' ', Object.assign(document.createElement('a'), { className: 'govuk-link', href: link, textContent: 'Sign in again' }))
  box.replaceChildren(text)
  document.querySelector('main').append(box)
}
document.addEventListener('htmx:after:request', (event) => {
  const { response } = event.detail.ctx
  if (event.defaultPrevented) return
  if (response.status < 400) {
    document.querySelector('.app-trouble')?.remove()
    return
  }
  event.preventDefault() // the answer is not part of this page
  tellTrouble(TROUBLE[response.status] ?? 'Something went wrong on the server. Try again in a moment.', response.headers.get('Sign-In-At'))
})
document.addEventListener('htmx:error', (event) => {
  if (!event.defaultPrevented) tellTrouble('There is no connection. Try again when there is one.')
})

// A chart's numbers are folded away on screen and shown on paper.
window.addEventListener('beforeprint', () => {
  document.querySelectorAll('details:not([open])').forEach((element) => {
    element.open = true
    element.dataset.openedForPrint = ''
  })
})
window.addEventListener('afterprint', () => {
  document.querySelectorAll('details[data-opened-for-print]').forEach((element) => {
    element.open = false
    delete element.dataset.openedForPrint
  })
})

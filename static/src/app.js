// Starts GOV.UK Frontend. Everything on the pages works without it.
import { initAll } from './govuk-frontend.min.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()

// Fragments that htmx swaps in hold components too.
document.addEventListener('htmx:after:swap', (event) => initAll({ scope: event.target }))

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

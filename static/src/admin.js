// Names what Django's admin leaves without a name. The admin works without this script.
const name = (selector, text) => {
  document.querySelectorAll(selector).forEach((element) => element.setAttribute('aria-label', text))
}

// The fancy select box of autocomplete fields names itself by its value, which may be empty.
const nameSelectBox = (box) => {
  const select = box.closest('.select2-container')?.previousElementSibling
  const label = select?.id && document.querySelector(`label[for="${select.id}"]`)
  const words = select?.getAttribute('aria-label') || label?.textContent.trim().replace(/:$/, '') || 'Choose'
  const chosen = box.querySelector('.select2-selection__rendered')
  box.removeAttribute('aria-labelledby')
  box.setAttribute('aria-label', `${words}: ${chosen?.textContent.replace('×', '').trim() || 'nothing chosen'}`)
  chosen?.setAttribute('aria-label', words)
}

// Regions that scroll sideways on narrow screens must be in reach of the keyboard.
const letKeyboardScroll = (region) => {
  if (region.scrollWidth <= region.clientWidth) return
  region.tabIndex = 0
  region.setAttribute('role', 'region')
  region.setAttribute('aria-label', region.querySelector('h2')?.textContent.trim() || 'Table')
}

const nameAll = () => {
  document.querySelectorAll('.select2-selection').forEach(nameSelectBox)
  name('.select2-search__field', 'Search')
  name('.select2-results__options', 'Results')
  document.querySelectorAll('th.original:empty').forEach((cell) => cell.setAttribute('role', 'presentation'))
  document.querySelectorAll('span.help-tooltip[aria-label]').forEach((hint) => hint.setAttribute('role', 'img'))
  document.querySelectorAll('.results, .inline-group').forEach(letKeyboardScroll)
}

// Select boxes and new inline rows appear after this script has run.
let waiting = false
const nameSoon = () => {
  if (waiting) return
  waiting = true
  window.requestAnimationFrame(() => {
    waiting = false
    nameAll()
  })
}

nameAll()
new window.MutationObserver(nameSoon).observe(document.body, { childList: true, subtree: true })

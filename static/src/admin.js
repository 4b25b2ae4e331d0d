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

// Regions that scroll sideways on narrow screens must be reachable with the keyboard.
const letKeyboardScroll = (region) => {
  if (region.scrollWidth <= region.clientWidth) return
  region.tabIndex = 0
  region.setAttribute('role', 'region')
  region.setAttribute('aria-label', region.querySelector('h2')?.textContent.trim() || 'Table')
}

// The column of a row's own name, and that of the delete box, can lack a heading.
const nameColumn = (cell) => {
  const words = document.createElement('span')
  words.className = 'visually-hidden'
  words.textContent = cell.classList.contains('original') ? 'Row' : 'Delete'
  cell.append(words)
}

// Django puts the focus on the first field, which may be the select behind a searched box.
const leaveHidden = () => {
  const held = document.activeElement
  if (!held?.classList.contains('select2-hidden-accessible')) return
  held.parentElement.querySelector('.select2-selection')?.focus()
}

const nameAll = () => {
  document.querySelectorAll('.select2-selection').forEach(nameSelectBox)
  leaveHidden()
  name('.select2-search__field', 'Search')
  name('.select2-results__options', 'Results')
  document.querySelectorAll('.inline-group th:empty').forEach(nameColumn)
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
document.addEventListener('focusin', leaveHidden)
new window.MutationObserver(nameSoon).observe(document.body, { childList: true, subtree: true })

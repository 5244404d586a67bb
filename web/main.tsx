import { render } from 'preact'
import { App } from './app/app'
import './styles/base.css'

const root = document.querySelector('#app')
if (root !== null) render(<App />, root)

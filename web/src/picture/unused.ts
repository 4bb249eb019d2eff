// Sigma readies programs for marks of its own, and for nodes under the pointer, whether
// or not they are drawn; the shaders of each would delay the first picture. This one
// stands for those that are not.
export class Unused {
  drawLabel = undefined
  drawHover = undefined
  kill() {}
  reallocate() {}
  process() {}
  render() {}
}

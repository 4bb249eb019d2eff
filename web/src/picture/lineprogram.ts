// Draws every line in one call: solid, dashed where disputed, with a stroke
// through it where denied, as two strands where several voices agree, an arrow
// at its target. All in pixels, so that it reads the same at every zoom.
import { EdgeProgram, type ProgramInfo } from 'sigma/rendering'
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from 'sigma/types'
import { floatColor } from 'sigma/utils'
import type { LineAttributes, NodeAttributes, Strokes } from './attributes'

const vertex = /*glsl*/ `
attribute vec4 a_id, a_color, a_second;
attribute vec2 a_start, a_end, a_radii;
attribute float a_shift, a_half, a_style, a_along, a_side;
uniform mat3 u_matrix;
uniform vec2 u_size;
uniform float u_sizeRatio;
varying vec4 v_color, v_second;
varying vec2 v_at;
varying float v_length, v_half, v_style;
varying vec2 v_radii;
const float bias = 255.0 / 254.0;
void main() {
  float reach = a_half < 0.6 ? 4.0 : 9.0; // thin lines are many: each pixel costs
  vec2 start = (u_matrix * vec3(a_start, 1.0)).xy * u_size * 0.5;
  vec2 end = (u_matrix * vec3(a_end, 1.0)).xy * u_size * 0.5;
  vec2 way = end - start;
  float len = max(length(way), 0.001);
  vec2 unit = way / len;
  vec2 normal = vec2(-unit.y, unit.x);
  vec2 at = mix(start, end, a_along) + normal * (a_shift + a_side * reach);
  gl_Position = vec4(at / u_size * 2.0, 0.0, 1.0);
  v_at = vec2(a_along * len, a_side * reach);
  v_length = len;
  v_half = a_half;
  v_style = a_style;
  v_radii = a_radii / u_sizeRatio;
  #ifdef PICKING_MODE
  v_color = a_id;
  v_second = a_id;
  #else
  v_color = a_color;
  v_second = a_second;
  #endif
  v_color.a *= bias;
  v_second.a *= bias;
}`

const fragment = /*glsl*/ `
precision highp float;
varying vec4 v_color, v_second;
varying vec2 v_at, v_radii;
varying float v_length, v_half, v_style;
uniform float u_feather;
// A varying is not exact: half a step keeps it from falling below its number.
float has(float bit) { return step(0.5, mod(floor((v_style + 0.5) / bit), 2.0)); }
void main() {
  float along = v_at.x - v_radii.x;
  float room = v_length - v_radii.x - v_radii.y;
  float off = abs(v_at.y);
  if (along < 0.0 || along > room) discard;
  #ifdef PICKING_MODE
  if (off > 5.0) discard;
  gl_FragColor = v_color;
  #else
  float toTip = room - along - 1.5;
  float head = has(8.0) * step(14.0, room);
  float gap = has(4.0) * (v_half + 0.9);
  float d = abs(off - gap) - v_half;
  vec4 color = mix(v_color, v_second, has(4.0) * step(v_at.y, 0.0));
  float dash = abs(mod(along - room * 0.5, 11.0) - 5.5) - 1.7;
  d = mix(d, max(d, -dash), has(1.0));
  d = mix(d, toTip < 7.0 ? max(off - toTip * 0.55, -toTip) : d, head);
  vec2 middle = vec2(along - room * 0.5, v_at.y);
  float stroke = max(abs(dot(middle, vec2(0.866, -0.5))) - 1.1, length(middle) - 7.5);
  d = mix(d, min(d, stroke), has(2.0) * step(20.0, room));
  float t = smoothstep(-u_feather, u_feather, d);
  gl_FragColor = mix(color, vec4(0.0), t);
  #endif
}`

const uniforms = ['u_matrix', 'u_size', 'u_sizeRatio', 'u_feather'] as const
const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext

export class LineProgram extends EdgeProgram<(typeof uniforms)[number], NodeAttributes, LineAttributes> {
  getDefinition() {
    const float = (name: string, size: number) => ({ name, size, type: FLOAT })
    const colour = (name: string) => ({ name, size: 4, type: UNSIGNED_BYTE, normalized: true })
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: vertex,
      FRAGMENT_SHADER_SOURCE: fragment,
      METHOD: TRIANGLES as WebGLRenderingContext['TRIANGLES'],
      UNIFORMS: uniforms,
      ATTRIBUTES: [float('a_start', 2), float('a_end', 2), float('a_radii', 2), float('a_shift', 1), float('a_half', 1), float('a_style', 1), colour('a_color'), colour('a_second'), colour('a_id')],
      CONSTANT_ATTRIBUTES: [float('a_along', 1), float('a_side', 1)],
      CONSTANT_DATA: [
        [0, 1],
        [0, -1],
        [1, 1],
        [1, 1],
        [0, -1],
        [1, -1],
      ],
    }
  }

  processVisibleItem(index: number, at: number, source: NodeDisplayData, target: NodeDisplayData, data: EdgeDisplayData & Partial<Strokes>) {
    const { array } = this
    const style = (data.dashed ? 1 : 0) + (data.struck ? 2 : 0) + (data.doubled ? 4 : 0) + (data.arrow ? 8 : 0)
    array[at++] = source.x
    array[at++] = source.y
    array[at++] = target.x
    array[at++] = target.y
    array[at++] = source.size
    array[at++] = target.size
    array[at++] = data.shift ?? 0
    array[at++] = data.half ?? 0.8
    array[at++] = style
    array[at++] = floatColor(data.color)
    array[at++] = floatColor(data.second ?? data.color)
    array[at++] = index
  }

  setUniforms(params: RenderParams, { gl, uniformLocations: u }: ProgramInfo<(typeof uniforms)[number]>) {
    gl.uniformMatrix3fv(u.u_matrix, false, params.matrix)
    gl.uniform2f(u.u_size, params.width, params.height)
    gl.uniform1f(u.u_sizeRatio, params.sizeRatio)
    gl.uniform1f(u.u_feather, 0.6 / params.pixelRatio)
  }
}

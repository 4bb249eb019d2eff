// Draws every node in one call, whatever its shape: the distance to the shape's
// edge is computed for each pixel (signed distance fields after Inigo Quilez).
import { NodeProgram, type ProgramInfo } from 'sigma/rendering'
import type { NodeDisplayData, RenderParams } from 'sigma/types'
import { floatColor } from 'sigma/utils'
import { shapes } from './look'
import type { LineAttributes, Marks, NodeAttributes } from './attributes'

const vertex = /*glsl*/ `
attribute vec4 a_id, a_color, a_rim, a_ring;
attribute vec2 a_position;
attribute float a_size, a_shape, a_angle;
uniform mat3 u_matrix;
uniform float u_sizeRatio, u_correctionRatio;
varying vec4 v_color, v_rim, v_ring;
varying vec2 v_at;
varying float v_shape, v_pixel;
const float bias = 255.0 / 254.0;
void main() {
  float size = a_size * u_correctionRatio / u_sizeRatio * 6.0;
  vec2 corner = size * vec2(cos(a_angle), sin(a_angle));
  gl_Position = vec4((u_matrix * vec3(a_position + corner, 1.0)).xy, 0.0, 1.0);
  v_at = corner / (size / 3.0);
  v_shape = a_shape;
  v_pixel = u_sizeRatio / a_size;
  #ifdef PICKING_MODE
  v_color = a_id; v_rim = a_id; v_ring = a_id;
  #else
  v_color = a_color; v_rim = a_rim; v_ring = a_ring;
  #endif
  v_color.a *= bias; v_rim.a *= bias; v_ring.a *= bias;
}`

const fragment = /*glsl*/ `
precision highp float;
varying vec4 v_color, v_rim, v_ring;
varying vec2 v_at;
varying float v_shape, v_pixel;
uniform float u_pixelRatio;
float box(vec2 p, vec2 b) { vec2 d = abs(p) - b; return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0); }
float polygon(vec2 p, float n, float turn) {
  float step = 6.2831853 / n;
  float angle = atan(p.x, p.y) + turn;
  float sector = mod(angle + step * 0.5, step) - step * 0.5;
  return length(p) * cos(sector) - cos(step * 0.5);
}
float shape(vec2 p) {
  if (v_shape < 0.5) return length(p) - 0.95;
  if (v_shape < 1.5) return box(p, vec2(0.74)) - 0.08;
  if (v_shape < 2.5) return box(mat2(0.7071, -0.7071, 0.7071, 0.7071) * p, vec2(0.7)) - 0.04;
  if (v_shape < 3.5) return polygon(p + vec2(0.0, 0.2), 3.0, 3.14159) - 0.22;
  if (v_shape < 4.5) return polygon(p, 6.0, 0.5236) - 0.08;
  if (v_shape < 5.5) return polygon(p, 5.0, 3.14159) - 0.14;
  if (v_shape < 6.5) return min(box(p, vec2(0.95, 0.36)), box(p, vec2(0.36, 0.95)));
  return polygon(p - vec2(0.0, 0.2), 3.0, 0.0) - 0.22;
}
void main() {
  float d = shape(v_at);
  #ifdef PICKING_MODE
  if (d > 3.0 * v_pixel) discard;
  gl_FragColor = v_color;
  #else
  float soft = 0.7 * v_pixel / u_pixelRatio;
  vec4 inside = mix(v_rim, v_color, smoothstep(-soft, soft, -d - 1.6 * v_pixel));
  vec4 body = mix(inside, vec4(0.0), smoothstep(-soft, soft, d));
  float ring = abs(d - 4.0 * v_pixel) - 1.3 * v_pixel;
  gl_FragColor = mix(v_ring, body, smoothstep(-soft, soft, ring + (1.0 - step(0.01, v_ring.a)) * 1000.0));
  #endif
}`

const uniforms = ['u_matrix', 'u_sizeRatio', 'u_correctionRatio', 'u_pixelRatio'] as const
const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext

export class ShapeProgram extends NodeProgram<(typeof uniforms)[number], NodeAttributes, LineAttributes> {
  getDefinition() {
    const float = (name: string, size: number) => ({ name, size, type: FLOAT })
    const colour = (name: string) => ({ name, size: 4, type: UNSIGNED_BYTE, normalized: true })
    return {
      VERTICES: 3,
      VERTEX_SHADER_SOURCE: vertex,
      FRAGMENT_SHADER_SOURCE: fragment,
      METHOD: TRIANGLES as WebGLRenderingContext['TRIANGLES'],
      UNIFORMS: uniforms,
      ATTRIBUTES: [float('a_position', 2), float('a_size', 1), float('a_shape', 1), colour('a_color'), colour('a_rim'), colour('a_ring'), colour('a_id')],
      CONSTANT_ATTRIBUTES: [float('a_angle', 1)],
      CONSTANT_DATA: [[0], [(2 * Math.PI) / 3], [(4 * Math.PI) / 3]],
    }
  }

  processVisibleItem(index: number, at: number, data: NodeDisplayData & Partial<Marks>) {
    const { array } = this
    array[at++] = data.x
    array[at++] = data.y
    array[at++] = data.size
    array[at++] = shapes.indexOf(data.shape ?? 'circle')
    array[at++] = floatColor(data.color)
    array[at++] = floatColor(data.rim ?? data.color)
    array[at++] = data.ringed ? floatColor(data.ring ?? data.color) : 0
    array[at++] = index
  }

  setUniforms(params: RenderParams, { gl, uniformLocations: u }: ProgramInfo<(typeof uniforms)[number]>) {
    gl.uniformMatrix3fv(u.u_matrix, false, params.matrix)
    gl.uniform1f(u.u_sizeRatio, params.sizeRatio)
    gl.uniform1f(u.u_correctionRatio, params.correctionRatio)
    gl.uniform1f(u.u_pixelRatio, params.pixelRatio)
  }
}

"""Writes scalar-values.json: complex functions at chosen and random points, to 4,000 digits with mpmath, then rounded.

    python3 scalar-values.py OUTPUT [RANDOM_POINTS_PER_FUNCTION [BITS]]

A zero part is replaced by ±1e-1000 or ±1e-2000, so that values on a cut are those of the side that the sign of the zero
names. Points where it matters which of the two it was (poles, logarithms of zero) are left to tests by hand.
"""
import json
import random
import sys
from mpmath import mp, mpf, mpc

output = sys.argv[1]
count = int(sys.argv[2]) if len(sys.argv) > 2 else 20
mp.prec = int(sys.argv[3]) if len(sys.argv) > 3 else 14000
random.seed(7)
NEGLIGIBLE = (mpf(10) ** -1000, mpf(10) ** -2000)


def exact(x, k=0):
    if x == 0:
        return -NEGLIGIBLE[k] if str(x)[0] == '-' else NEGLIGIBLE[k]
    return mpf(x)


def number(x, swap=False):
    return mpc(exact(x[0], swap), exact(x[1], not swap)) if isinstance(x, tuple) else exact(x)


def double(x):
    y = float(x)
    if y in (float('inf'), float('-inf')):
        return 'Infinity' if y > 0 else '-Infinity'
    return y


def parts(w):
    w = mpc(w)
    return [double(w.real), double(w.imag)]


def power(z, w):
    return mp.exp(w * mp.log(z))


unary = {
    'exp': mp.exp, 'expm1': lambda z: mp.exp(z) - 1, 'log': mp.log, 'log1p': lambda z: mp.log(1 + z),
    'log2': lambda z: mp.log(z) / mp.log(2), 'log10': lambda z: mp.log(z) / mp.log(10), 'sqrt': mp.sqrt,
    'sin': mp.sin, 'cos': mp.cos, 'tan': mp.tan, 'sinh': mp.sinh, 'cosh': mp.cosh, 'tanh': mp.tanh,
    'asin': mp.asin, 'acos': mp.acos, 'atan': mp.atan, 'asinh': mp.asinh,
    'acosh': lambda z: mp.log(z + mp.sqrt(z - 1) * mp.sqrt(z + 1)), 'atanh': mp.atanh,
    'sigmoid': lambda z: 1 / (1 + mp.exp(-z)), 'softplus': lambda z: mp.log(1 + mp.exp(z)),
    'abs': lambda z: mpf(abs(z)), 'phase': lambda z: z / abs(z), 'angle': mp.arg,
}
# Python's own acosh, asin … of mpmath take sides of cuts in ways of their own; these are the definitions of C99.
unary['asin'] = lambda z: mpc(0, -1) * mp.log(mpc(0, 1) * z + mp.sqrt(1 - z) * mp.sqrt(1 + z))
unary['acos'] = lambda z: mp.pi / 2 - unary['asin'](z)
unary['asinh'] = lambda z: mp.log(z + mp.sqrt(1 - mpc(0, 1) * z) * mp.sqrt(1 + mpc(0, 1) * z))
unary['atanh'] = lambda z: (mp.log(1 + z) - mp.log(1 - z)) / 2
unary['atan'] = lambda z: mpc(0, -1) * unary['atanh'](mpc(0, 1) * z)

steep = {'exp', 'expm1', 'sin', 'cos', 'sinh', 'cosh', 'tan', 'tanh', 'sigmoid', 'softplus'}


def polar(r, t):
    return (float(r * mp.cos(t)), float(r * mp.sin(t)))


def spread():
    """Generic points, and points near the circle |z| = 1, the points 0, ±1, ±i, and the axes."""
    t = random.uniform(-3.2, 3.2)
    kind = random.randrange(8)
    tiny = 10 ** random.uniform(-17, -1)
    if kind < 3:
        return polar(10 ** random.uniform(-2, 2), t)
    if kind == 3:
        return polar(1 + random.choice([-1, 1]) * tiny, t)
    if kind == 4:
        x, y = polar(tiny, t)
        centre = random.choice([(1, 0), (-1, 0), (0, 1), (0, -1)])
        return (centre[0] + x, centre[1] + y)
    if kind == 5:
        return (random.uniform(-3, 3), random.choice([-1, 1]) * tiny)
    if kind == 6:
        return (random.choice([-1, 1]) * tiny, random.uniform(-3, 3))
    return polar(tiny, t)


def extreme():
    return polar(mpf(10) ** random.uniform(-300, 300), random.uniform(-3.2, 3.2))


sides = [(x, y) for x in (-2.5, -1.0, -0.5, -0.0, 0.0, 0.5, 1.0, 2.5) for y in (0.0, -0.0)]
sides += [(x, y) for x in (0.0, -0.0) for y in (-2.5, -1.0, -0.5, 0.5, 1.0, 2.5)]
small = [(5e-324, 5e-324), (1e-308, -5e-324), (-3e-310, 2e-310), (1e-200, 1e-200), (-1e-200, 1e-160), (0.0, 1e-310)]
beside = [(1.0, 1e-200), (-1.0, -1e-170), (1e-200, 1.0), (1e-170, -1.0), (1.0, 5e-324), (0.6, 0.8), (0.8, -0.6)]
large = [(1e308, 1e308), (1e308, -1e308), (-1e308, 1.0), (1.0, 1e308), (1e200, 1e200),
         (-1e155, 1e150), (1e16, 1.0), (-3.0, 2e17), (1.7e308, 1e-308)]
overflow = [(700.0, 1.0), (709.5, 2.0), (710.0, 1.5), (-710.0, 1.0), (-740.0, 2.5), (20.0, 3.0),
            (23.0, -1.0), (-22.5, 0.7), (300.0, 2.0), (0.5, 1e5),
            (1000.0, 0.5), (-1000.0, 0.5), (800.0, 0.0), (800.0, -0.0), (-800.0, 1.0)]
overflow += [(y, x) for x, y in overflow]


def value(f, *args):
    """The parts of f at these points; None at poles."""
    try:
        w = parts(f(*(number(x) for x in args)))
        zero = any(0 in x for x in args if isinstance(x, tuple))
        return w if not zero or parts(f(*(number(x, True) for x in args))) == w else None
    except (ValueError, ZeroDivisionError):
        return None


table = {}
for name, f in unary.items():
    points = sides + small + beside + (overflow if name in steep else large)
    points += [spread() for _ in range(count)] + ([] if name in steep else [extreme() for _ in range(count // 4)])
    rows = []
    for p in points:
        w = value(f, p)
        if w is not None:
            rows.append([*p, *w])
    table[name] = rows

pairs = [((1e200, 1e200), (1e200, 1e200)), ((1e308, 1e308), (1e308, 1e308)), ((1e-200, 1e-200), (1e-200, -1e-200)),
         ((1.0, 1.0), (1e-310, 1e-310)), ((1e-310, 1e-310), (2e-310, 1e-310)), ((1e300, 1e-300), (1e-5, 2e-5)),
         ((1e-300, 1e300), (3e200, 1e200)),
         ((1.0, 2.0), (1e-160, 1e160)), ((1.0, 2.0), (1e308, 1e-308)), ((1.0, 2.0), (5e-324, 1e-300)),
         ((1e-308, 1e-308), (1e-160, 1e-170)),
         ((1.7e308, 1.7e308), (2.0, 0.5)), ((1e308, 1.0), (1e200, 1e200)), ((1e-290, 1e-290), (1e300, 1e300)),
         ((1e150, 1e-150), (1e-170, 1e-180))]


def far(low, high):
    return polar(mpf(10) ** random.uniform(low, high), random.uniform(-3.2, 3.2))


pairs += [(spread(), spread()) for _ in range(count)] + [(extreme(), extreme()) for _ in range(count)]
pairs += [(far(-300, 300), far(140, 307)) for _ in range(count)]
pairs += [(far(-300, 300), far(-307, -140)) for _ in range(count)]
rows = []
for a, d in pairs:
    w = number(a) / number(d)
    if abs(w) < mpf('1e306') and abs(w) > mpf('1e-306'):
        rows.append([*a, *d, *parts(w)])
table['div'] = rows

rows = []
for _ in range(count):
    a, d = spread(), polar(10 ** random.uniform(-1, 1), random.uniform(-3.2, 3.2))
    rows.append([*a, *d, *parts(power(number(a), number(d)))])
table['pow'] = [r for r in rows if all(isinstance(x, float) or isinstance(x, int) for x in r)]

pairs = [((-4.0, 0.0), 0.5), ((-4.0, -0.0), 0.5), ((1e200, 1e200), 1.5), ((1e-200, 1e-200), 1.5), ((1e308, 1e308), 0.5),
         ((3.0, 4.0), 400.0)] + [(spread(), random.uniform(-6, 6)) for _ in range(count)]
rows = []
for a, x in pairs:
    rows.append([*a, x, *parts(power(number(a), mpf(x)))])
table['powReal'] = rows

pairs = [(-2.0, (1.0, 0.0)), (2.0, (0.5, -0.0))]
pairs += [(random.choice([-1, 1]) * 10 ** random.uniform(-2, 2), spread()) for _ in range(count)]
rows = []
for x, d in pairs:
    rows.append([x, *d, *parts(power(mpc(x, NEGLIGIBLE[1]), number(d)))])
table['realPow'] = rows

lines = [f'"{name}": {json.dumps(rows, separators=(",", ":"))}' for name, rows in table.items()]
with open(output, 'w') as file:
    file.write('{\n' + ',\n'.join(lines) + '\n}\n')

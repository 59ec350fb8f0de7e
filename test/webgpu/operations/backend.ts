// Has to be evaluated before the fixture of the operations is.
process.env['WIRTINGER_TEST_BACKEND'] = 'webgpu'

# Stance. Every target does its own set-up and takes only what it needs the second time.

.PHONY: help demo test test-kernels build models bench lint docs fuzz clean

help:
	@echo "make demo          estimate the poses of a sample photo into demo/"
	@echo "make test          run every test"
	@echo "make test-kernels  test the kernels at length: 10,000 random convolutions, sanitizers, arm64"
	@echo "make build         build the program into .build/release/stance"
	@echo "make models        fetch the default model"
	@echo "make bench         measure beside other runtimes; half an hour"
	@echo "make lint          check format and imports"
	@echo "make docs          build the documentation of the library's interfaces"
	@echo "make fuzz          fuzz the model reader for two minutes"
	@echo "make clean         remove what was built"

demo:
	@Scripts/demo

test:
	@Scripts/test

test-kernels:
	@Scripts/test-kernels 2000
	@STANCE_KERNEL_CASES=10000 Scripts/test --filter StanceKernelsTests

build:
	@Scripts/setup
	@swift build -c release --product stance

models: build
	@.build/release/stance models fetch pose_landmark_full

bench:
	@Scripts/bench

lint:
	@Scripts/lint

docs:
	@Scripts/docs

fuzz:
	@Scripts/setup
	@Scripts/fuzz/run 120

clean:
	rm -rf .build .build-* demo

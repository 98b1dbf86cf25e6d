package io.github.k8sclient.demo;

/**
 * The order of the demo's beans at start, all before the informers.
 */
final class DemoPhases {

	/** The script fills the API server in memory. */
	static final int SCRIPT = Integer.MIN_VALUE + 1000;

	/** The report prints what is there. */
	static final int REPORT = SCRIPT + 1;

	private DemoPhases() {
	}

}

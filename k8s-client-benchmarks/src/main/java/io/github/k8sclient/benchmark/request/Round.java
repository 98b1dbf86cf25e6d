package io.github.k8sclient.benchmark.request;

/**
 * What one client did in one round.
 *
 * @param requests how many requests it made
 * @param nanos how long that took
 * @param processorNanos the processor time of its process
 * @param allocatedBytes what its threads allocated
 */
record Round(long requests, long nanos, long processorNanos, long allocatedBytes) {

	private static final String PREFIX = "round ";

	static boolean isRound(String line) {
		return line.startsWith(PREFIX);
	}

	static Round parse(String line) {
		String[] words = line.split(" ");
		return new Round(Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]),
				Long.parseLong(words[4]));
	}

	String line() {
		return PREFIX + this.requests + " " + this.nanos + " " + this.processorNanos + " " + this.allocatedBytes;
	}

	double perSecond() {
		return this.requests * 1e9 / this.nanos;
	}

	double processorMicros() {
		return this.processorNanos / 1e3 / this.requests;
	}

	double allocatedPerRequest() {
		return (double) this.allocatedBytes / this.requests;
	}

}

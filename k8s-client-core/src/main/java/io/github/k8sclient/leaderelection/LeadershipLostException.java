package io.github.k8sclient.leaderelection;

/**
 * This instance leads no more. Never leaves the elector.
 */
final class LeadershipLostException extends RuntimeException {

	LeadershipLostException(String reason) {
		super(reason, null, false, false);
	}

}

package io.github.k8sclient.rest;

/**
 * Signal that a server does not take protobuf. Never leaves this package.
 */
final class FormatRefusedException extends RuntimeException {

	FormatRefusedException() {
		super("The server refuses protobuf", null, false, false);
	}

}

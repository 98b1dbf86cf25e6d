package io.github.k8sclient.dynamic;

import java.util.List;

import io.github.k8sclient.KubernetesException;

/**
 * Documents of a manifest could not be read or applied. The message names each of them;
 * where a manifest was applied, all others were.
 *
 * @since 0.1.0
 */
public final class ManifestException extends KubernetesException {

	private final List<Failure> failures;

	/**
	 * Create an exception.
	 * @param failures the documents that failed
	 * @param total the number of all documents
	 */
	ManifestException(List<Failure> failures, int total) {
		super(message(failures, total));
		this.failures = List.copyOf(failures);
		failures.forEach((failure) -> addSuppressed(failure.cause()));
	}

	private static String message(List<Failure> failures, int total) {
		return failures.size() + " of " + total + " documents failed: "
				+ String.join("; ", failures.stream().map(Failure::toString).toList());
	}

	/**
	 * Return the documents that failed.
	 * @return the failures in the order of the documents
	 */
	public List<Failure> failures() {
		return this.failures;
	}

	/**
	 * A document that failed.
	 *
	 * @param document where the document is, and what
	 * @param cause why it failed
	 */
	public record Failure(String document, Throwable cause) {

		@Override
		public String toString() {
			return this.document + ": " + this.cause.getMessage();
		}

	}

}

package io.github.k8sclient.autoconfigure.informer;

import java.util.function.UnaryOperator;

import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * What properties change of options.
 *
 * @param <O> the type of the options
 */
interface OptionsOverrides<O> extends UnaryOperator<O> {

	/**
	 * Return the options that apply where properties say nothing.
	 * @return the options
	 */
	O defaults();

	/**
	 * Check that the values can be used.
	 * @param prefix the common name of the properties
	 * @throws FailureAnalyzedException if one of them cannot
	 */
	default void check(String prefix) {
		try {
			apply(defaults());
		}
		catch (IllegalArgumentException ex) {
			throw new FailureAnalyzedException(
					"A property of '" + prefix + "' cannot be used: " + ex.getMessage() + ".",
					"Change the value of the property, or remove it.", ex);
		}
	}

}

package io.github.k8sclient.autoconfigure;

import io.github.k8sclient.informer.SharedInformerFactory;

/**
 * Callback that can be implemented by beans wishing to customize how shared informers
 * work: their options, schedulers, decoding and error handler.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SharedInformerCustomizer {

	/**
	 * Customize the informers.
	 * @param builder the builder of the factory of all informers
	 */
	void customize(SharedInformerFactory.Builder builder);

}

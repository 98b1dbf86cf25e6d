package io.github.k8sclient.autoconfigure.informer;

import java.util.List;

/**
 * Provides the informers that do not run yet. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface UnresolvedInformers {

	/**
	 * Return the informers that wait for the API server to serve their kind.
	 * @return the informers, a copy in the order of the properties
	 */
	List<UnresolvedInformer> unresolvedInformers();

}

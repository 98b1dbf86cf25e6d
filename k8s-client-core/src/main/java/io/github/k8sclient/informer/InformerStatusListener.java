package io.github.k8sclient.informer;

/**
 * Told when an informer changes its state.
 * <p>
 * Called in the order of the changes, never twice at the same time, on a thread that
 * serves handlers. It may block: only later notifications of the same informer wait. An
 * exception is logged and counted.
 *
 * @since 0.1.0
 * @see SharedInformer#addStatusListener(InformerStatusListener)
 */
@FunctionalInterface
public interface InformerStatusListener {

	/**
	 * The state changed.
	 * @param informer the informer
	 * @param previous the status before the change
	 * @param current the status after it
	 */
	void onStatusChange(SharedInformer<?> informer, InformerStatus previous, InformerStatus current);

}

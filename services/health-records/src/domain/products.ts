/** Makers as the VRS has them preset, and our product codes. */
export const VRS_PRODUCTS: Readonly<Record<string, { code: string; name: string }>> = {
  ファイザー: { code: 'PFIZER_12UP', name: 'ファイザー' },
  アストラゼネカ: { code: 'ASTRAZENECA', name: 'アストラゼネカ' },
  '武田/モデルナ': { code: 'MODERNA_12UP', name: '武田/モデルナ' },
};
